"""The rim: everything that waits. Sockets, files and asyncio live here and nowhere else in lib."""
