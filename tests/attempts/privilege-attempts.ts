import { attempt, python } from "./attempt.ts";

/** System calls go by their x64 numbers. What could harm a machine is asked for with values that it would refuse even to root. */
export const privilegeAttempts = [
  attempt("---", "unmount .git", "umount .git"),
  attempt("---", "mount over .git", "mount --bind /tmp .git"),
  attempt("---", "mount the root again, writable", "mount -o remount,rw,bind /"),
  attempt("---", "mount a file system", "mount -t tmpfs none /mnt"),
  attempt("---", "change the root", "chroot / /bin/true"),
  attempt("---", "pivot the root", python('call(155, b".", b".")')),
  attempt("---", "enter another namespace", "nsenter -t 1 -m true"),
  attempt("---", "make a user namespace", "unshare -U true"),
  attempt("---", "make a user and a mount namespace", "unshare -Urm true"),
  attempt("---", "mount again, writable, in a namespace of its own", "unshare -Urm mount -o remount,rw,bind /"),
  attempt("---", "unmount .git in a namespace of its own", "unshare -Urm umount .git"),
  attempt("---", "bubblewrap inside", "bwrap --bind / / true"),
  attempt(
    "AAA",
    "write its own memory by /proc",
    python(
      'b = ctypes.create_string_buffer(b"a"); f = os.open("/proc/self/mem", os.O_RDWR); os.lseek(f, ctypes.addressof(b), 0); os.write(f, b"b")',
    ),
  ),
  attempt("---", "open core_pattern to write", ": >> /proc/sys/kernel/core_pattern"),
  attempt("---", "open the kernel's keys", ": >> /proc/sysrq-trigger"),
  attempt("---", "reboot", python("sys.exit(refused(169, 0, 0, 0, 0))")),
  attempt(
    "---",
    "name the machine",
    python("h = socket.gethostname().encode(); call(170, ctypes.c_char_p(h), len(h))"),
  ),
  attempt(
    "---",
    "set the clock",
    python('t = ctypes.create_string_buffer(256); struct.pack_into("I", t, 0, 0x4000); sys.exit(refused(159, t))'),
  ),
  attempt("---", "give a file away", "echo a > given; chown 1:1 given"),
  attempt("---", "become another user", python("os.setuid(1)")),
  attempt("---", "become another user by su", "su -s /bin/sh nobody -c true"),
  attempt("---", "make a device", "mknod disk b 254 0"),
  attempt("---", "read the disk", "head -c 1 /dev/vda || head -c 1 /dev/sda"),
  attempt("---", "read the kernel's memory", "head -c 1 /dev/mem || head -c 1 /dev/kmsg"),
  attempt("---", "open the terminal of the person", ": < /dev/tty"),
  attempt(
    "---",
    "type into a terminal",
    python('import fcntl, pty; a, b = pty.openpty(); fcntl.ioctl(b, 0x5412, b"x")'),
  ),
  attempt(
    "---",
    "load a BPF program",
    python('b = ctypes.create_string_buffer(128); struct.pack_into("IIII", b, 0, 2, 4, 4, 1); call(321, 0, b, 72)'),
  ),
  attempt(
    "---",
    "measure the machine",
    python('b = ctypes.create_string_buffer(128); struct.pack_into("II", b, 0, 1, 112); call(298, b, -1, 0, -1, 0)'),
  ),
  attempt("---", "set up io_uring", python("b = ctypes.create_string_buffer(256); call(425, 1, b)")),
  attempt("---", "add a key to the kernel's ring", python('call(248, b"user", b"a", b"b", 1, -3)')),
  attempt("---", "read the kernel's ring", python("call(250, 0, -3, 0)")),
  attempt("---", "handle page faults of others", python("call(323, 1)")),
  attempt(
    "---",
    "trace a child",
    python('p = os.fork() or os._exit(__import__("time").sleep(0.2) or 0); call(101, 16, p, 0, 0)'),
  ),
  attempt(
    "---",
    "read the memory of a child",
    python(
      'p = os.fork() or os._exit(__import__("time").sleep(0.2) or 0); b = ctypes.create_string_buffer(8); v = struct.pack("QQ", ctypes.addressof(b), 1); call(310, p, v, 1, v, 1, 0)',
    ),
  ),
  attempt(
    "---",
    "take a descriptor of a child",
    python('p = os.fork() or os._exit(__import__("time").sleep(0.2) or 0); call(438, os.pidfd_open(p), 0, 0)'),
  ),
  attempt("---", "call by the x32 numbers", python("call(0x40000000 + 39)")),
  attempt(
    "---",
    "call by the 32-bit gate",
    python(
      'import mmap; m = mmap.mmap(-1, 4096, prot=7); m.write(b"\\xb8\\x14\\0\\0\\0\\xcd\\x80\\xc3"); ctypes.CFUNCTYPE(ctypes.c_int)(ctypes.addressof(ctypes.c_char.from_buffer(m)))()',
    ),
  ),
  attempt("---", "use a swap file", python('sys.exit(refused(167, b"/nonexistent", 0))')),
  attempt("---", "load a module", python('sys.exit(refused(313, -1, b"", 0))')),
  attempt("---", "be more urgent than others", python("os.nice(-5)")),
  attempt(
    "---",
    "raise a hard limit",
    python("import resource as r; h = r.getrlimit(r.RLIMIT_NOFILE)[1]; r.setrlimit(r.RLIMIT_NOFILE, (h + 1, h + 1))"),
  ),
];
