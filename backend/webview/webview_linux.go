//go:build linux && (production || dev)

package webview

/*
#cgo webkit2_41 pkg-config: gtk+-3.0 webkit2gtk-4.1
#cgo !webkit2_41 pkg-config: gtk+-3.0 webkit2gtk-4.0
#include <string.h>
#include <gtk/gtk.h>
#include <webkit2/webkit2.h>

extern void binnacleBlocked(char *uri);

static gboolean own(const char *uri) {
	return g_str_has_prefix(uri, "wails://wails/") || g_str_has_prefix(uri, "http://wails.localhost:") || !strcmp(uri, "about:blank");
}

static gboolean decide(WebKitWebView *view, WebKitPolicyDecision *decision, WebKitPolicyDecisionType type, gpointer data) {
	if (type != WEBKIT_POLICY_DECISION_TYPE_NAVIGATION_ACTION && type != WEBKIT_POLICY_DECISION_TYPE_NEW_WINDOW_ACTION)
		return FALSE;
	WebKitNavigationAction *action = webkit_navigation_policy_decision_get_navigation_action(WEBKIT_NAVIGATION_POLICY_DECISION(decision));
	const char *uri = webkit_uri_request_get_uri(webkit_navigation_action_get_request(action));
	if (type == WEBKIT_POLICY_DECISION_TYPE_NAVIGATION_ACTION && own(uri))
		return FALSE;
	webkit_policy_decision_ignore(decision);
	binnacleBlocked((char *)uri);
	return TRUE;
}

static void guardViews(GtkWidget *widget, gpointer count) {
	if (WEBKIT_IS_WEB_VIEW(widget)) {
		g_signal_connect(widget, "decide-policy", G_CALLBACK(decide), NULL);
		++*(int *)count;
	} else if (GTK_IS_CONTAINER(widget)) {
		gtk_container_forall(GTK_CONTAINER(widget), guardViews, count);
	}
}

static gboolean guardOnce(gpointer data) {
	int count = 0;
	GList *windows = gtk_window_list_toplevels();
	for (GList *w = windows; w; w = w->next)
		guardViews(GTK_WIDGET(w->data), &count);
	g_list_free(windows);
	return count > 0 ? G_SOURCE_REMOVE : G_SOURCE_CONTINUE;
}

static void guardWhenThere(void) { g_idle_add(guardOnce, NULL); }
*/
import "C"

import (
	"os"
	"sync/atomic"
)

// blocked is a package variable because C calls back without a receiver.
var blocked atomic.Pointer[func(uri string)] //nolint:gochecknoglobals // see above

// Prepare switches off WebKitGTK's DMA-BUF renderer where NVIDIA's module is loaded: with it the window stays blank there.
func Prepare() {
	if _, err := os.Stat("/sys/module/nvidia"); err == nil && os.Getenv("WEBKIT_DISABLE_DMABUF_RENDERER") == "" {
		_ = os.Setenv("WEBKIT_DISABLE_DMABUF_RENDERER", "1")
	}
}

// Guard refuses every navigation away from the program's own origin and every new window, from when the view is there.
// onBlocked gets the address; it is called on a goroutine of its own.
func Guard(onBlocked func(uri string)) {
	blocked.Store(&onBlocked)
	C.guardWhenThere()
}

//export binnacleBlocked
func binnacleBlocked(uri *C.char) {
	if f := blocked.Load(); f != nil {
		go (*f)(C.GoString(uri))
	}
}
