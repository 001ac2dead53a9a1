package main

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"strconv"

	"github.com/binnacle-dev/binnacle/backend/fleet"
)

// herd is simulated members (build/rig/herd) in a process of their own, so that their memory and garbage are not ours. They
// share the machine's cores with what is measured, and so does every side of a ratio.
type herd struct {
	all     string // a kubeconfig with a context of each
	members []herdMember
	pods    int // of all members together, at first; known once they were counted

	process *exec.Cmd
	orders  io.WriteCloser
	answers *json.Decoder
}

type herdMember struct {
	Name, Kubeconfig string
}

// newHerd starts members with so many pods in all; the caller closes it.
func (l *lab) newHerd(ctx context.Context, members, pods int) (*herd, error) {
	dir, err := l.folder("herd")
	if err != nil {
		return nil, err
	}
	h := &herd{}
	h.process = exec.CommandContext(ctx, l.herd, "--dir", dir, "--members", strconv.Itoa(members), "--pods", strconv.Itoa(pods/members))
	h.process.Stderr = os.Stderr
	orders, err1 := h.process.StdinPipe()
	answers, err2 := h.process.StdoutPipe()
	if err := errors.Join(err1, err2, h.process.Start()); err != nil {
		return nil, fmt.Errorf("start the simulated members: %w", err)
	}
	h.orders, h.answers = orders, json.NewDecoder(bufio.NewReader(answers))
	var said struct {
		All     string
		Members []herdMember
	}
	if err := h.answers.Decode(&said); err != nil {
		h.close()
		return nil, fmt.Errorf("start the simulated members: %w", err)
	}
	h.all, h.members = said.All, said.Members
	return h, nil
}

// close ends the process.
func (h *herd) close() {
	_ = h.orders.Close()
	_ = h.process.Wait() // it keeps nothing
}

// churn has so many pods a second change, over all members; 0 ends it.
func (h *herd) churn(perSecond int) error {
	return h.order(map[string]any{"op": "churn", "perSecond": perSecond})
}

// hole has a member take requests and never answer.
func (h *herd) hole(member string, on bool) error {
	return h.order(map[string]any{"op": "hole", "member": member, "on": on})
}

func (h *herd) order(order map[string]any) error {
	if err := json.NewEncoder(h.orders).Encode(order); err != nil {
		return fmt.Errorf("tell the simulated members: %w", err)
	}
	var answer struct {
		OK    bool
		Error string
	}
	if err := h.answers.Decode(&answer); err != nil {
		return fmt.Errorf("tell the simulated members: %w", err)
	}
	if !answer.OK {
		return fmt.Errorf("the simulated members: %s", answer.Error)
	}
	return nil
}

// vault has the credentials of all members, under their names.
func (h *herd) vault() (credentials, []fleet.Member, error) {
	held, all := credentials{}, []fleet.Member(nil)
	for _, m := range h.members {
		file, err := os.ReadFile(m.Kubeconfig)
		if err != nil {
			return nil, nil, err
		}
		member, err := held.add(m.Name, file)
		if err != nil {
			return nil, nil, err
		}
		all = append(all, member)
	}
	return held, all, nil
}
