"""The command that embeds articles without a store, on one of many machines."""
