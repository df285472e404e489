"""The command line: one folder of commands over the same actions, resources and checks as every other door."""
