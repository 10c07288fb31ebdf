"""What a training run draws, from the trial's streams: the same numbers as the runner's own engines draw."""
