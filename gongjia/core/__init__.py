"""The five words and the machinery under them: no business noun lives here."""
