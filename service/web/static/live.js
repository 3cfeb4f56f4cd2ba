// Says that new alerts have come; the page is complete without it.
"use strict";
const notice = document.getElementById("live");
if (notice && "EventSource" in window) {
  const events = new EventSource("/api/v1/events");
  events.addEventListener("alert", () => { notice.hidden = false; });
}
