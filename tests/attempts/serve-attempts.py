# What the attempts try to reach: a TCP server, Unix sockets by name, an abstract one. Prints the port, then waits to be killed.
import os, socket, sys, time

folder, abstract = sys.argv[1], sys.argv[2]
tcp = socket.create_server(("127.0.0.1", 0), backlog=64)
stream = socket.socket(socket.AF_UNIX)
stream.bind(os.path.join(folder, "stream"))
stream.listen(64)
datagram = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
datagram.bind(os.path.join(folder, "datagram"))
hidden = socket.socket(socket.AF_UNIX)
hidden.bind("\0" + abstract)
hidden.listen(64)
print(tcp.getsockname()[1], flush=True)
time.sleep(600)
