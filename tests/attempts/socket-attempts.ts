import { attempt, python } from "./attempt.ts";

/** PORT is a server's on the machine's loopback; SOCKET and DATAGRAM name its Unix sockets, ABSTRACT an abstract one. */
export const socketAttempts = [
  attempt(
    "--A",
    "connect to a server on the machine",
    python('socket.create_connection(("127.0.0.1", int(os.environ["PORT"])))'),
  ),
  attempt("--A", "connect by the shell", "exec 5<>/dev/tcp/127.0.0.1/$PORT"),
  attempt("--A", "a UDP socket", python("socket.socket(socket.AF_INET, socket.SOCK_DGRAM)")),
  attempt("--A", "an IPv6 socket", python("socket.socket(socket.AF_INET6)")),
  attempt("--A", "a netlink socket", python("socket.socket(16, socket.SOCK_RAW)")),
  attempt("---", "a raw socket", python("socket.socket(socket.AF_INET, socket.SOCK_RAW, 1)")),
  attempt("---", "a packet socket", python("socket.socket(17, socket.SOCK_RAW)")),
  attempt("---", "a socket to the virtual machine's host", python("socket.socket(40, socket.SOCK_STREAM)")),
  attempt("--A", "connect to a Unix socket", python('socket.socket(socket.AF_UNIX).connect(os.environ["SOCKET"])')),
  attempt(
    "--A",
    "connect to an abstract socket",
    python('socket.socket(socket.AF_UNIX).connect("\\0" + os.environ["ABSTRACT"])'),
  ),
  attempt(
    "--A",
    "send a datagram to a Unix socket",
    python('socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM).sendmsg([b"x"], [], 0, os.environ["DATAGRAM"])'),
  ),
  attempt(
    "--A",
    "send a datagram from a pair",
    python('socket.socketpair(socket.AF_UNIX, socket.SOCK_DGRAM)[0].sendmsg([b"x"], [], 0, os.environ["DATAGRAM"])'),
  ),
  attempt(
    "--A",
    "listen on a Unix socket",
    python(
      'socket.socket(socket.AF_UNIX).bind("/tmp/attempt-%d" % os.getpid()); os.unlink("/tmp/attempt-%d" % os.getpid())',
    ),
  ),
  attempt(
    "AAA",
    "write to a pair of sockets",
    python('a, b = socket.socketpair(); os.write(a.fileno(), b"x"); b.recv(1)'),
  ),
  attempt("AAA", "send to a pair of sockets", python('a, b = socket.socketpair(); a.send(b"x"); b.recv(1)')),
  attempt(
    "AAA",
    "options of a pair of sockets",
    python("a, b = socket.socketpair(); a.getsockopt(1, 3); a.setsockopt(1, 7, 4096); a.getsockname()"),
  ),
];
