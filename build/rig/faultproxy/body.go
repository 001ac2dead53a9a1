package faultproxy

import (
	"net/http"
	"time"
)

// spoiledBody writes a response's body slowly, or not to its end.
type spoiledBody struct {
	http.ResponseWriter
	rule    *rule
	request *http.Request
	written int
	cut     bool
}

// Unwrap lets the standard library find the writer's other abilities.
func (b *spoiledBody) Unwrap() http.ResponseWriter { return b.ResponseWriter }

// WriteHeader ends the connection after the headers if no byte of the body is wanted.
func (b *spoiledBody) WriteHeader(code int) {
	b.ResponseWriter.WriteHeader(code)
	if b.rule.Cut == CutBody && b.rule.CutAfter == 0 {
		b.breakOff()
	}
}

func (b *spoiledBody) Write(data []byte) (int, error) {
	if b.cut {
		return 0, errCut
	}
	left := len(data)
	if b.rule.Cut == CutBody {
		left = min(left, b.rule.CutAfter-b.written)
	}
	n, err := b.pace(data[:left])
	b.written += n
	if err == nil && b.rule.Cut == CutBody && b.written >= b.rule.CutAfter {
		b.breakOff()
		return n, errCut
	}
	return n, err
}

// pace writes at the rule's speed, in steps of a twentieth of a second.
func (b *spoiledBody) pace(data []byte) (int, error) {
	if b.rule.BytesPerSecond <= 0 {
		return b.ResponseWriter.Write(data)
	}
	const steps = 20
	step := max(1, b.rule.BytesPerSecond/steps)
	written := 0
	for written < len(data) {
		n, err := b.ResponseWriter.Write(data[written:min(len(data), written+step)])
		written += n
		if err == nil {
			err = http.NewResponseController(b.ResponseWriter).Flush()
		}
		if err != nil {
			return written, err
		}
		select {
		case <-time.After(time.Duration(n) * time.Second / time.Duration(b.rule.BytesPerSecond)):
		case <-b.rule.removed: // the rest goes at full speed
			n, err := b.ResponseWriter.Write(data[written:])
			return written + n, err
		case <-b.request.Context().Done():
			return written, b.request.Context().Err()
		}
	}
	return written, nil
}

func (b *spoiledBody) breakOff() {
	b.cut = true
	_ = http.NewResponseController(b.ResponseWriter).Flush()
	linkOf(b.request).finish()
}
