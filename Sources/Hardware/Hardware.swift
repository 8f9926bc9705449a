// Begun by the commits that follow.
