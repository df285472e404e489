"""What the software must reach, measured beside a peer or a limit in one run."""
