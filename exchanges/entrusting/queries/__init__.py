"""What can be asked of entrusting: for whom it is, what who comes has to know, what is still unsaid."""
