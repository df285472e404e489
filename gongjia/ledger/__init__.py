"""The one asset base: cards, the append-only entries behind them, and the categories that name them."""
