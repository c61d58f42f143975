"""Speed, shown as ratios: every figure stands beside a floor measured in the same run, so that a slow or busy machine changes
both."""
