// Package plugin runs exec credential plugins: the programs (aws, gke-gcloud-auth-plugin, kubelogin, oc, tsh, doctl, any) that a
// kubeconfig names for getting a credential.
//
// A program runs only after the person has allowed exactly it: where it lies, the file's hash, arguments, environment, and the cluster that
// gets its answer. All of these but secrets are in a Question, which asks again as soon as one of them is another. Every way to a process
// leads through admit: it finds the file, hashes it and compares, right before each run; no hash is remembered, for times and
// sizes can be forged and hashing costs far less than the run. On Linux the very file that was hashed is executed, by its descriptor. Elsewhere,
// and for scripts (whose $0 must lead somewhere), a moment stays in which someone who may write there can put another file in its place; the
// Question warns of such places. What a program loads or calls itself is its own affair: an approval covers a file, not a machine.
//
// client-go could run plugins itself, but only so: with its stderr on ours, without limits of time and output, without a context,
// and with secrets as keys of a cache for good. So it runs none: Guard sets its plugin policy to DenyAll, and a
// test holds that nothing in this program gives it one.
//
// Runs in the background get no input and, on systems with X11 or Wayland, no display, so that no browser comes up unasked; what needs the person gives a NeedError, and
// the person starts it with Source.Run, where the program's words are shown and answers are passed to it. There is one run at a time
// for each program and cluster, kept until shortly before it expires; a failure is kept for a while, too.
//
// Plugins and Source are safe for concurrent use. Background runs belong to Plugins and outlive a caller who can't wait; Close ends them.
package plugin
