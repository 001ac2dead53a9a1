package main

import (
	"bufio"
	"encoding/json"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/binnacle-dev/binnacle/build/rig/controlplane"
)

// session is a running rig at the other end of its pipes.
type session struct {
	t     *testing.T
	in    *io.PipeWriter
	out   *bufio.Scanner
	ended chan error
}

func begin(t *testing.T, args ...string) (*session, report) {
	t.Helper()
	if _, err := controlplane.Binary("1.36"); errors.Is(err, controlplane.ErrNoBinary) && os.Getenv("CI") != "true" {
		t.Skip(err)
	}
	stdin, in := io.Pipe()
	out, stdout := io.Pipe()
	s := &session{t: t, in: in, out: bufio.NewScanner(out), ended: make(chan error, 1)}
	s.out.Buffer(nil, maxLine)
	go func() {
		err := run(t.Context(), args, stdin, stdout)
		_ = stdout.CloseWithError(err)
		s.ended <- err
	}()
	var r report
	s.read(&r)
	return s, r
}

func (s *session) read(into any) {
	s.t.Helper()
	if !s.out.Scan() {
		s.t.Fatalf("the rig said nothing: %v", s.out.Err())
	}
	if err := json.Unmarshal(s.out.Bytes(), into); err != nil {
		s.t.Fatal(err)
	}
}

func (s *session) do(command string) answer {
	s.t.Helper()
	if _, err := io.WriteString(s.in, command+"\n"); err != nil {
		s.t.Fatal(err)
	}
	var a answer
	s.read(&a)
	return a
}

func (s *session) must(command string) answer {
	s.t.Helper()
	a := s.do(command)
	if !a.OK {
		s.t.Fatalf("%s: %s", command, a.Error)
	}
	return a
}

func (s *session) end() {
	s.t.Helper()
	_ = s.in.Close()
	if err := <-s.ended; err != nil {
		s.t.Error(err)
	}
}

func TestCommands(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "rig")
	s, r := begin(t, "--dir", dir, "--clusters", "2", "--versions", "1.36,1.33", "--users", "ana")
	if !r.Ready || len(r.Clusters) != 2 || r.Clusters[0].Name != "c1" || r.Clusters[1].Version != "1.33" {
		t.Fatalf("the rig reported %+v", r)
	}
	for _, user := range []string{"admin", "ana"} {
		file := filepath.Join(dir, "c2", user+".kubeconfig")
		if info, err := os.Stat(file); err != nil || info.Mode().Perm() != 0o600 || r.Clusters[1].Kubeconfigs[user] != file {
			t.Errorf("the kubeconfig of %s: %v, reported as %s", user, err, r.Clusters[1].Kubeconfigs[user])
		}
	}

	s.must(`{"op":"allowSecrets","cluster":"c1","namespace":"binnacle","user":"ana"}`)
	s.must(`{"op":"apply","cluster":"c1","manifests":"apiVersion: v1\nkind: ConfigMap\nmetadata: {name: x, namespace: binnacle}\n"}`)
	if a := s.must(`{"id":7,"op":"request","cluster":"c1","path":"/api/v1/namespaces/binnacle/configmaps/x"}`); a.Status != 200 || string(a.ID) != "7" {
		t.Errorf("the config map: %d, id %s", a.Status, a.ID)
	}
	s.must(`{"op":"stop","cluster":"c1"}`)
	if a := s.do(`{"op":"request","cluster":"c1","path":"/version"}`); a.OK {
		t.Error("a stopped cluster answered")
	}
	s.must(`{"op":"start","cluster":"c1"}`)
	if a := s.must(`{"op":"request","cluster":"c1","path":"/api/v1/namespaces/binnacle/configmaps/x"}`); a.Status != 200 {
		t.Errorf("after a restart the config map gives %d", a.Status)
	}
	s.must(`{"op":"freeze","cluster":"c2"}`)
	s.must(`{"op":"thaw","cluster":"c2"}`)
	s.must(`{"op":"t4k","cluster":"c2","version":"2.10.6"}`)
	s.end()
	if _, err := os.Stat(filepath.Join(dir, "c1")); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("the cluster's folder was left: %v", err)
	}
}

func TestFaultCommands(t *testing.T) {
	s, r := begin(t, "--clusters", "1", "--users", "", "--demo")
	if r.Clusters[0].Name != "prod-eu" {
		t.Errorf("the demo's cluster is %s", r.Clusters[0].Name)
	}
	a := s.must(`{"op":"user","cluster":"prod-eu","user":"eve","groups":["system:masters"],"proxy":true}`)
	b, err := os.ReadFile(a.Kubeconfig)
	if err != nil {
		t.Fatal(err)
	}
	if server := s.must(`{"op":"proxy","cluster":"prod-eu"}`).Server; !strings.Contains(string(b), server) {
		t.Errorf("the kubeconfig does not name the proxy %s", server)
	}
	fault := s.must(`{"op":"fault","cluster":"prod-eu","rule":{"path":"/api","status":503,"times":1}}`)
	if fault.Fault != 1 {
		t.Errorf("the fault is number %d", fault.Fault)
	}
	s.must(`{"op":"mode","cluster":"prod-eu","mode":"refusing"}`)
	s.must(`{"op":"mode","cluster":"prod-eu","mode":"open"}`)
	s.must(`{"op":"roundTrip","cluster":"prod-eu","milliseconds":5}`)
	s.must(`{"op":"requests","cluster":"prod-eu"}`)
	s.must(`{"op":"unfault","cluster":"prod-eu","fault":1}`)
	s.must(`{"op":"clear","cluster":"prod-eu"}`)
	for command, want := range map[string]string{
		`{"op":"mode","cluster":"prod-eu","mode":"lost"}`:           `there is no mode "lost"`,
		`{"op":"fault","cluster":"prod-eu","rule":{"pattern":"("}}`: "the rule's pattern",
		`{"op":"fault","cluster":"prod-eu","rule":{"cut":"half"}}`:  `there is no cut "half"`,
		`{"op":"unfault","cluster":"prod-eu","fault":9}`:            "there is no fault 9",
		`{"op":"stop","cluster":"c9"}`:                              `there is no cluster "c9"`,
		`{"op":"dance","cluster":"prod-eu"}`:                        `there is no op "dance"`,
		`{"op":"user","cluster":"prod-eu","user":"../../escape"}`:   "can't be a file's name",
		`{"op":"user","cluster":"prod-eu"}`:                         "no name given",
		`not json`:                                                  "invalid character",
	} {
		if a := s.do(command); a.OK || !strings.Contains(a.Error, want) {
			t.Errorf("%s gave %+v, want %q", command, a, want)
		}
	}
	s.end()
}
