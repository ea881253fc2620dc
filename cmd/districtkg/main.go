package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/signal"
	"syscall"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	root := newRoot()
	if err := root.ExecuteContext(ctx); err != nil {
		if !errors.Is(err, errReported) {
			fmt.Fprintf(os.Stderr, "districtkg: %v\n", err)
		}
		stop()
		os.Exit(1)
	}
}

// errReported ends the program with status 1 where the reason was told already.
var errReported = errors.New("some documents could not be read")
