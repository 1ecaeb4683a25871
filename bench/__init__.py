"""What Yiju costs: time, memory and disk, each figure printed by a command."""
