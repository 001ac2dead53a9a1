package main

import (
	"bufio"
	"context"
	"io"
	"iter"
)

// maxLine bounds a command; manifests can be long.
const maxLine = 16 << 20

// lines yields the lines of a stream until it ends or the context does. A read
// that goes on then is left behind: only the process's end can stop it.
func lines(ctx context.Context, in io.Reader) iter.Seq[[]byte] {
	found := make(chan []byte)
	go func() {
		defer close(found)
		scanner := bufio.NewScanner(in)
		scanner.Buffer(nil, maxLine)
		for scanner.Scan() {
			line := append([]byte(nil), scanner.Bytes()...)
			select {
			case found <- line:
			case <-ctx.Done():
				return
			}
		}
	}()
	return func(yield func([]byte) bool) {
		for {
			select {
			case line, more := <-found:
				if !more || !yield(line) {
					return
				}
			case <-ctx.Done():
				return
			}
		}
	}
}
