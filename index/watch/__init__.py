"""Keep a store up to date with folders: notice changes, let them settle, rebuild.

Start with `watcher` (the loop). `listing` is what is compared, `folder_events` only hastens the
next look, `settling` decides when to rebuild, `rebuild_command` runs `yiju rebuild`. A watcher can
run in a thread of a command or of a server: all that it needs is handed in.
"""
