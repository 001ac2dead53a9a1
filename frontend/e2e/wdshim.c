// Lets WebKitWebDriver drive the unmodified program; loaded by LD_PRELOAD, in tests only.
//
// A web view can be automated only if it was made so, and Wails offers no option for it. This replaces the constructor
// that Wails calls by one that makes such a view, and allows automation on the default context.
#include <stdlib.h>
#include <webkit2/webkit2.h>

static WebKitWebView *view;

static WebKitWebView *give_view(WebKitAutomationSession *session, gpointer data) { return view; }

static void started(WebKitWebContext *context, WebKitAutomationSession *session, gpointer data) {
  WebKitApplicationInfo *info = webkit_application_info_new();
  webkit_application_info_set_name(info, "binnacle");
  webkit_application_info_set_version(info, 1, 0, 0);
  webkit_automation_session_set_application_info(session, info);
  webkit_application_info_unref(info);
  g_signal_connect(session, "create-web-view", G_CALLBACK(give_view), NULL);
}

GtkWidget *webkit_web_view_new_with_user_content_manager(WebKitUserContentManager *manager) {
  WebKitWebContext *context = webkit_web_context_get_default();
  webkit_web_context_set_automation_allowed(context, TRUE);
  g_signal_connect(context, "automation-started", G_CALLBACK(started), NULL);
  view = WEBKIT_WEB_VIEW(g_object_new(WEBKIT_TYPE_WEB_VIEW, "user-content-manager", manager,
                                      "is-controlled-by-automation", TRUE, NULL));
  return GTK_WIDGET(view);
}
