package gizmo

import "syscall"

// slack is what the process needs beside its heap: the runtime, stacks of
// threads, and arenas of which only a part is used.
const slack = 384 << 20

// confine lets the kernel refuse memory far beyond the limit, which one large
// allocation can ask for between two looks at the heap, and lets others go
// first on the processor. Where the kernel will not, the watch of the heap and
// the parent's deadline still hold.
func confine(memory int64) {
	most := uint64(memory) + slack
	_ = syscall.Setrlimit(syscall.RLIMIT_DATA, &syscall.Rlimit{Cur: most, Max: most})
	_ = syscall.Setrlimit(syscall.RLIMIT_CORE, &syscall.Rlimit{})
	_ = syscall.Setpriority(syscall.PRIO_PROCESS, 0, 10)
}
