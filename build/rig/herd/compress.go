package herd

import (
	"compress/gzip"
	"net/http"
	"sync"
	"sync/atomic"
)

// gzipFrom is the size from which kube-apiserver compresses an answer.
const gzipFrom = 128 << 10

// compressors are reused, as in kube-apiserver: a new one takes a megabyte.
var compressors = sync.Pool{New: func() any {
	w, err := gzip.NewWriterLevel(nil, 1)
	if err != nil {
		panic(err) // the level is good
	}
	return w
}}

// compressor holds an answer back until it is known whether it is large, and compresses it then if the client accepts that.
type compressor struct {
	w       http.ResponseWriter
	accepts bool
	sent    *atomic.Int64
	code    int
	held    []byte
	gzip    *gzip.Writer // nil: not compressed, or not yet
	begun   bool         // held is on its way
}

// Header implements http.ResponseWriter.
func (c *compressor) Header() http.Header { return c.w.Header() }

// WriteHeader implements http.ResponseWriter.
func (c *compressor) WriteHeader(code int) { c.code = code }

// plain has the answer go out as it comes.
func (c *compressor) plain() { c.accepts = false }

// Write implements http.ResponseWriter.
func (c *compressor) Write(b []byte) (int, error) {
	if c.begun {
		return len(b), c.pass(b)
	}
	c.held = append(c.held, b...)
	if c.accepts && len(c.held) < gzipFrom {
		return len(b), nil
	}
	return len(b), c.begin(c.accepts)
}

// begin sends the head and what was held back.
func (c *compressor) begin(compress bool) error {
	c.begun = true
	c.w.Header().Set("Vary", "Accept-Encoding")
	if compress {
		c.w.Header().Set("Content-Encoding", "gzip")
		c.gzip, _ = compressors.Get().(*gzip.Writer)
		c.gzip.Reset(&counter{c.w, c.sent})
	}
	if c.code != 0 {
		c.w.WriteHeader(c.code)
	}
	held := c.held
	c.held = nil
	return c.pass(held)
}

func (c *compressor) pass(b []byte) error {
	var err error
	if c.gzip != nil {
		_, err = c.gzip.Write(b)
	} else {
		_, err = (&counter{c.w, c.sent}).Write(b)
	}
	return err
}

// flush sends what there is of a plain answer.
func (c *compressor) flush() {
	if !c.begun {
		_ = c.begin(false)
	}
	_ = http.NewResponseController(c.w).Flush()
}

// close ends the answer.
func (c *compressor) close() {
	if !c.begun {
		_ = c.begin(false)
	}
	if c.gzip != nil {
		_ = c.gzip.Close()
		compressors.Put(c.gzip)
	}
}

// counter counts what goes out.
type counter struct {
	w    http.ResponseWriter
	sent *atomic.Int64
}

func (c *counter) Write(b []byte) (int, error) {
	n, err := c.w.Write(b)
	c.sent.Add(int64(n))
	return n, err
}
