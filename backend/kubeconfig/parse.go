package kubeconfig

import (
	"bytes"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"time"
	"unicode/utf16"
	"unicode/utf8"

	"go.yaml.in/yaml/v3"
)

// Parse reads a kubeconfig in YAML or JSON. source is the file's path, absolute if its references are to be followed, or a name
// without a folder such as "pasted text": relative references can't be followed from there. Errors begin with source and name the line.
// What is wrong with one context only is in its Problem.
func Parse(data []byte, source string) (*File, error) { return parse(data, source, time.Now()) }

func parse(data []byte, source string, now time.Time) (*File, error) {
	if source == "" {
		source = "kubeconfig"
	}
	doc, err := read(data, source, now)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", sourceName(source), err)
	}
	return doc.file(), nil
}

// sourceName is a source in messages. Paths may be longer than names.
func sourceName(source string) string { return Clean(clip(source, 4*maxShown)) }

func read(data []byte, source string, now time.Time) (*document, error) {
	if len(data) > MaxSize {
		return nil, fmt.Errorf("is %d MiB large; a kubeconfig of more than %d MiB is not read", len(data)>>20, MaxSize>>20)
	}
	data = toUTF8(data)
	if err := checkBytes(data); err != nil {
		return nil, err
	}
	root, err := tree(data)
	if err != nil {
		return nil, err
	}
	if err := (&checker{}).check(root, 0); err != nil {
		return nil, err
	}
	d := &document{source: source, now: now}
	return d, d.decode(root)
}

// toUTF8 drops the byte order marks that Windows editors write and re-encodes UTF-16, which PowerShell's ">" makes.
func toUTF8(data []byte) []byte {
	var order binary.ByteOrder
	switch {
	case bytes.HasPrefix(data, []byte("\xef\xbb\xbf")):
		return data[3:]
	case bytes.HasPrefix(data, []byte("\xff\xfe")):
		order = binary.LittleEndian
	case bytes.HasPrefix(data, []byte("\xfe\xff")):
		order = binary.BigEndian
	default:
		return data
	}
	units := make([]uint16, 0, len(data)/2)
	for b := data[2:]; len(b) > 1; b = b[2:] {
		units = append(units, order.Uint16(b))
	}
	return []byte(string(utf16.Decode(units)))
}

// checkBytes refuses what is no text, and text that would cost the parser more than a kubeconfig is worth.
func checkBytes(data []byte) error {
	if len(bytes.TrimSpace(data)) == 0 {
		return errors.New("is empty; choose a kubeconfig with at least one context")
	}
	line, parts := 1, 0
	for i := 0; i < len(data); {
		r, size := utf8.DecodeRune(data[i:])
		if control := r < ' ' && r != '\n' && r != '\t' && r != '\r' || r >= 0x7f && r < 0xa0 && r != 0x85; control || r == utf8.RuneError && size == 1 {
			return fmt.Errorf("line %d: holds binary data (byte 0x%02x); a kubeconfig is text", line, data[i])
		}
		i += size
		switch r {
		case '\n':
			line++
			parts++
		case ',', ':', '[', '{':
			parts++
		case '-', '?':
			if i < len(data) && (data[i] == ' ' || data[i] == '\t') {
				parts++
			}
		}
	}
	if parts > maxParts {
		return fmt.Errorf("has more than %d parts; no kubeconfig needs as many", maxParts)
	}
	if bytes.HasPrefix(bytes.TrimSpace(data), []byte("-----BEGIN ")) {
		return errors.New("line 1: is a certificate or key in PEM form; choose the kubeconfig that names it")
	}
	return nil
}

// tree reads the one document in data.
func tree(data []byte) (*yaml.Node, error) {
	// YAML lacks some of JSON's escapes, so JSON is read as such. What is almost JSON is tried as YAML and gets its errors.
	isJSON := bytes.TrimSpace(data)[0] == '{'
	if isJSON && json.Valid(data) {
		return fromJSON(data)
	}
	decoder := yaml.NewDecoder(bytes.NewReader(data))
	var doc, next yaml.Node
	if err := decoder.Decode(&doc); err != nil && isJSON {
		return nil, jsonError(data)
	} else if err != nil {
		return nil, syntaxError(err, data)
	}
	for { // kubectl reads the first document only; silently losing the others is no answer here
		next = yaml.Node{}
		err := decoder.Decode(&next)
		if isEOF(err) {
			break
		}
		if err != nil {
			return nil, syntaxError(err, data)
		}
		if !isNull(content(&next)) {
			return nil, fmt.Errorf("line %d: a second YAML document begins; put each kubeconfig into a file of its own", content(&next).Line)
		}
	}
	return content(&doc), nil
}
