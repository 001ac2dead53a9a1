// A small window from which files can be dragged, as from a file manager; the arguments are the files. For tests only.
#include <gtk/gtk.h>

static void give(GtkWidget *widget, GdkDragContext *context, GtkSelectionData *data, guint info, guint time, gpointer uris) {
  gtk_selection_data_set_uris(data, uris);
}

int main(int argc, char **argv) {
  gtk_init(&argc, &argv);
  char **uris = g_new0(char *, argc);
  for (int i = 1; i < argc; i++) uris[i - 1] = g_filename_to_uri(argv[i], NULL, NULL);
  GtkWidget *window = gtk_window_new(GTK_WINDOW_TOPLEVEL), *handle = gtk_event_box_new();
  GtkTargetEntry files[] = {{"text/uri-list", 0, 0}};
  gtk_drag_source_set(handle, GDK_BUTTON1_MASK, files, 1, GDK_ACTION_COPY);
  g_signal_connect(handle, "drag-data-get", G_CALLBACK(give), uris);
  gtk_container_add(GTK_CONTAINER(handle), gtk_label_new("files"));
  gtk_container_add(GTK_CONTAINER(window), handle);
  gtk_window_set_title(GTK_WINDOW(window), "drag source");
  gtk_window_set_default_size(GTK_WINDOW(window), 120, 60);
  gtk_window_set_keep_above(GTK_WINDOW(window), TRUE);
  gtk_widget_show_all(window);
  gtk_window_move(GTK_WINDOW(window), 5, 5);
  gtk_main();
}
