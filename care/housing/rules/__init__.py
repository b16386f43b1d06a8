"""What holds in housing help. Pure: no database, no clock of its own."""
