// Package fleet keeps the members of the current view connected: it dials them, asks each who we are and what it is,
// watches that it stays there, and says what stands in the way when it isn't.
//
// Rules. A member is contacted only while it is in the list given to Set and not off. A credential is used only when the
// endpoint that it was given for is the endpoint that the view names; else nothing is sent at all. A sign-in, or a credential
// that wants a program run, is used only through a Source, and no host but the member's server sees what that gave. A connect
// takes at most six requests, and which namespaces are of use is found out without trying each. A request never leaves for
// another host, redirects are not followed, and what a cluster says is capped and cleaned before it is kept. A request that could
// change something leaves only if Options.Gate lets it, whatever part of the program made it.
//
// Concurrency. A Fleet is safe for concurrent use; Set, Renew, Retry and the reads return at once. Each member has one
// goroutine of its own that lives until the member is dropped or replaced, and shares no slot, lock or deadline with another
// while it waits for the network: a dead cluster costs the others nothing. What a goroutine reports counts only while its
// member is still the one in the map (by identity, not by id). Close cancels all of them and waits.
package fleet
