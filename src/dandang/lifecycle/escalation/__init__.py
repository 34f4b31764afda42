"""What happens when time runs out: clocks fire, people are called."""
