"""What a shell starts as ``rightrep``: asks for a fork, and ends as that does."""

import json
import os
import socket
import sys

address, *arguments = sys.argv[1:]
asked = {
    "arguments": arguments,
    "folder": os.getcwd(),
    "environment": dict(os.environ),
}
with socket.socket(socket.AF_UNIX) as server:
    server.connect(address)
    socket.send_fds(server, [b"\n"], [0, 1, 2])
    server.sendall(f"{json.dumps(asked)}\n".encode())
    code = int(server.recv(16))
    os._exit(code if code >= 0 else 128 - code)
