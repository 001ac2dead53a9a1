package podlogs

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"net/url"
	"strconv"
	"time"

	apierrors "k8s.io/apimachinery/pkg/api/errors"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
)

// watch takes in what becomes of the pods until the watch ends, as it does after a while. A watch that breaks off or is
// too old is no error: the pods are listed again.
func (f *finder) watch(ctx context.Context, query url.Values, version string) error {
	ctx, cancel := context.WithTimeout(ctx, watchTime+answerLimit)
	defer cancel()
	path := f.podsPath(query, url.Values{
		"watch": {"true"}, "resourceVersion": {version}, "timeoutSeconds": {strconv.Itoa(int(watchTime / time.Second))},
	})
	stream, err := f.stream(ctx, path, "application/json")
	if apierrors.IsResourceExpired(err) || apierrors.IsGone(err) {
		return nil
	}
	if err != nil {
		return err
	}
	defer func() { _ = stream.Close() }()
	bounded := &io.LimitedReader{R: stream}
	events := json.NewDecoder(bounded)
	for {
		bounded.N = maxEvent
		var event struct {
			Type   string          `json:"type"`
			Object json.RawMessage `json:"object"`
		}
		if events.Decode(&event) != nil {
			return nil
		}
		if event.Type == "ERROR" {
			return watchError(event.Object)
		}
		var p pod
		if json.Unmarshal(event.Object, &p) == nil && event.Type != "BOOKMARK" {
			f.see(&p, event.Type == "DELETED")
			f.tell()
		}
	}
}

// watchError is what a server says in place of an event.
func watchError(raw json.RawMessage) error {
	var status metav1.Status
	if json.Unmarshal(raw, &status) != nil {
		return errors.New("the cluster ended the watch")
	}
	err := &apierrors.StatusError{ErrStatus: status}
	if apierrors.IsResourceExpired(err) || apierrors.IsGone(err) {
		return nil
	}
	return err
}

// partial asks for metadata alone.
const partial = "application/json;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1"

// jobs has a finder of its own find the pods of each job of a CronJob.
func (f *finder) jobs(ctx context.Context) error {
	requests, err := f.log.options.Requests(f.ref.Member)
	if err != nil {
		return err
	}
	limited, cancel := context.WithTimeout(ctx, answerLimit)
	defer cancel()
	var cron struct {
		Metadata struct {
			UID string `json:"uid"`
		} `json:"metadata"`
	}
	if err := requests.Get(limited, f.ref.path()+"/"+url.PathEscape(f.ref.Name), &cron); err != nil {
		return err
	}
	var list metav1.PartialObjectMetadataList
	jobs := Ref{Member: f.ref.Member, Group: "batch", Version: "v1", Resource: "jobs", Namespace: f.ref.Namespace}
	if err := f.read(limited, jobs.path()+"?limit=1000", partial, &list); err != nil {
		return err
	}
	f.poll = true // the CronJob makes others
	owned := 0
	for i := range list.Items {
		job := &list.Items[i]
		owner := metav1.GetControllerOf(job)
		if owner == nil || string(owner.UID) != cron.Metadata.UID {
			continue
		}
		jobs.Name = job.Name
		owned++
		f.log.also(f.host, jobs)
	}
	if owned == 0 {
		f.log.say(f.note, Waiting, "It has no jobs now.")
		return nil
	}
	f.log.say(f.note, Live, "")
	return nil
}
