"""What comes next and how it is scheduled: the queue, FSRS and simulations."""
