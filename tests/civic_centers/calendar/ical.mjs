// What ical.js, the calendar engine of Thunderbird, reads in a feed given on the standard input.
import { readFileSync } from "node:fs";
import ICAL from "ical.js";

const calendar = new ICAL.Component(ICAL.parse(readFileSync(0, "utf8")));
for (const zone of calendar.getAllSubcomponents("vtimezone")) ICAL.TimezoneService.register(zone);
const events = calendar.getAllSubcomponents("vevent").map((part) => {
  const event = new ICAL.Event(part);
  return [
    event.uid,
    [
      event.startDate.toUnixTime(),
      event.endDate.toUnixTime(),
      event.summary,
      event.description,
      part.getFirstPropertyValue("status"),
      event.sequence,
    ],
  ];
});
process.stdout.write(JSON.stringify(Object.fromEntries(events)));
