// Makes libnotify give up on a server after one second instead of GDBus's 25, so that tests need not wait that long.
#pragma once
