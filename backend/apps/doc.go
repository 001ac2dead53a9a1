// Package apps finds the applications that run in many clusters, and says how they differ from one to the next.
//
// It knows what tells of applications: the releases of Helm, the operators of OLM, the workloads that bear the labels
// app.kubernetes.io, the Applications of Argo CD, the Kustomizations and HelmReleases of Flux. A Book reads them of every member,
// but only once a person asks (Book.Apps), and then again as long as they do.
//
// # Secrets
//
// Helm keeps its releases in Secrets, with the values that a person gave and the manifests that came of them. Of a release this
// package decodes what it shows: names, versions, states, and the references of images. Nothing else of it is kept, returned or
// put in an error; an image whose reference isn't a plain one is left out.
//
// Everything that a cluster says is a stranger's text. It is bounded before it is decoded, and cleaned before it is kept.
//
// # Concurrency
//
// A Book's methods are safe from any goroutine and never wait for a cluster. One goroutine begins the readings, one for each member,
// so that a member that doesn't answer delays no other; a member sees at most few requests at a time, and what is large is decoded
// in few turns for all members together. Close waits for all of them.
package apps
