import type { SyscallName } from '../syscalls.ts';

/**
 * What CPython 3.11 called on x86-64 from its start on, while honest modules ran with NumPy, SciPy, scikit-learn and
 * PyTorch: `npx antidote jail-calls` makes this list again. Left out on purpose, since Python and its packages do well
 * without: `sysinfo`, which tells the machine's load and memory, `vfork`, `mbind`, `sched_setaffinity` and the limits
 * of priorities.
 */
const recorded = [
  'access',
  'arch_prctl',
  'brk',
  'clock_nanosleep',
  'close',
  'close_range',
  'dup2',
  'epoll_create1',
  'exit',
  'exit_group',
  'fcntl',
  'fstat',
  'ftruncate',
  'futex',
  'getcwd',
  'getdents64',
  'getpid',
  'getrandom',
  'gettid',
  'lseek',
  'madvise',
  'mkdir',
  'mmap',
  'mprotect',
  'munmap',
  'newfstatat',
  'open',
  'openat',
  'pipe2',
  'poll',
  'pread64',
  'prlimit64',
  'read',
  'readlink',
  'rename',
  'renameat',
  'rmdir',
  'rseq',
  'rt_sigaction',
  'rt_sigprocmask',
  'sched_getaffinity',
  'set_robust_list',
  'set_tid_address',
  'uname',
  'unlink',
  'unlinkat',
  'wait4',
  'write',
] as const satisfies readonly SyscallName[];

/**
 * Not seen here. Another release of Python, of a package, of the C library or of the kernel, or aarch64, calls these in
 * place of the ones above; they do nothing more.
 */
const margin = [
  'clock_getres',
  'clock_gettime',
  'dup',
  'dup3',
  'faccessat',
  'faccessat2',
  'fadvise64',
  'fdatasync',
  'flock',
  'fsync',
  'getcpu',
  'getegid',
  'geteuid',
  'getgid',
  'getppid',
  'getrlimit',
  'getrusage',
  'gettimeofday',
  'getuid',
  'lstat',
  'membarrier',
  'mkdirat',
  'mremap',
  'nanosleep',
  'pipe',
  'ppoll',
  'preadv',
  'pselect6',
  'pwrite64',
  'pwritev',
  'readlinkat',
  'readv',
  'renameat2',
  'restart_syscall',
  'rt_sigreturn',
  'sched_getparam',
  'sched_getscheduler',
  'sched_yield',
  'select',
  'sigaltstack',
  'stat',
  'statx',
  'tgkill',
  'time',
  'times',
  'umask',
  'writev',
] as const satisfies readonly SyscallName[];

/** While a module runs. */
export const pythonModuleCalls: readonly SyscallName[] = [...recorded, ...margin];

/**
 * Before: bubblewrap starts the guest with `execve`, and the guest sets the filter of the list above with `seccomp`.
 */
export const pythonCalls: readonly SyscallName[] = [...pythonModuleCalls, 'execve', 'seccomp'];
