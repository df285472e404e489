"""An invented city from one seed: every kind of record, and a believable number of faults in them."""
