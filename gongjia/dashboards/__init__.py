"""驾驶舱 and the one page: read only, made of indicators, every figure linked to the rows that it counts."""
