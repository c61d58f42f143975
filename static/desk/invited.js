/* The code of a scanned invitation stands in the address after #: it is put into its field, and leaves the address. */

const found = /#code=([0-9A-Za-z-]{8,12})$/.exec(location.hash);
if (found) {
  document.getElementById("code").value = found[1];
  history.replaceState(null, "", location.pathname);
}
