import { defineEvents } from "../define-events.ts";
import { changed, choice, required, text, texts, whole } from "../details.ts";
import type { Details } from "../details.ts";

const review = { type: "weekly_review", name: "Week of 2026-11-09" };
const pinned: Details = { "metadata.event_ids": required(texts("Events", "0198d3f2-7a10-7c4e-9b1d-2f6c0a5e8d31")), "counts.events": whole("How many", 1) };
const item: Details = {
  "metadata.item": required(text("What was looked at", "permission_changes")),
  "metadata.week": required(text("Monday of the week", "2026-11-09")),
};

export const investigations = defineEvents({
  id: "investigations",
  title: "Investigations",
  sample: { type: "case", name: "Case 12: Orders leak" },
  events: {
    case_created: {
      title: "Case opened",
      sentence: "Opened {resource}",
      operation: "created",
      details: {
        "metadata.recipe": choice("How it begins", "data_leak", "what_changed", "one_user", "failed_operation", "blank"),
        "metadata.subject": text("What it is about", "orders"),
      },
      scope: "organization",
    },
    case_updated: {
      title: "Case renamed or its time changed",
      sentence: "Changed {resource}",
      operation: "updated",
      details: { "changes.title": changed("Title before and after", "Orders leak", "Leak of orders") },
      scope: "organization",
    },
    case_step_edited: {
      title: "Step of a case edited",
      sentence: "Edited a search of {resource}",
      operation: "updated",
      details: {
        "changes.q": required(changed("Search before and after", "resource:orders", "resource:orders -actor:svc-dbt")),
        "metadata.step": required(text("Which step", "exports")),
      },
      scope: "organization",
    },
    case_event_pinned: {
      title: "Events pinned to a case",
      sentence: "Pinned {counts.events} events to {resource}",
      operation: "updated",
      details: { ...pinned, "counts.events": required(whole("How many", 1)) },
      scope: "organization",
    },
    case_event_unpinned: {
      title: "Event unpinned from a case",
      sentence: "Unpinned an event from {resource}",
      operation: "updated",
      details: pinned,
      scope: "organization",
    },
    case_note_added: { title: "Note added to a case", sentence: "Added a note to {resource}", operation: "created", scope: "organization" },
    case_note_edited: { title: "Note of a case edited", sentence: "Edited a note of {resource}", operation: "updated", scope: "organization" },
    case_note_removed: { title: "Note removed from a case", sentence: "Removed a note from {resource}", operation: "deleted", scope: "organization" },
    case_closed: {
      title: "Case closed",
      sentence: "Closed {resource}",
      operation: "updated",
      details: { reason: required(text("What was concluded", "A stolen laptop; keys were changed and customers told")) },
      scope: "organization",
      severity: "notable",
    },
    case_reopened: { title: "Case opened again", sentence: "Opened {resource} again", operation: "updated", scope: "organization", severity: "notable" },
    weekly_review_item_checked: {
      title: "Item of a weekly review looked at",
      sentence: "Looked at an item of {resource}",
      operation: "updated",
      sample: review,
      details: { ...item, reason: text("What was found", "Planned migration") },
      scope: "organization",
    },
    weekly_review_item_unchecked: {
      title: "Item of a weekly review taken back",
      sentence: "Took back having looked at an item of {resource}",
      operation: "updated",
      sample: review,
      details: item,
      scope: "organization",
    },
    weekly_review_signed_off: {
      title: "Weekly review signed off",
      sentence: "Signed off {resource}",
      operation: "completed",
      sample: review,
      details: {
        reason: required(text("What was stated", "Looked at everything; two exports were asked about")),
        "metadata.week": required(text("Monday of the week", "2026-11-09")),
        "metadata.figures": {
          type: "array",
          title: "Each item with its search, its count, and the count of the week before",
          example: [{ item: "failed_operations", q: "is:failed", count: 49, before: 46 }],
        },
      },
      scope: "organization",
      severity: "notable",
    },
    weekly_review_reopened: {
      title: "Weekly review opened again",
      sentence: "Opened {resource} again",
      operation: "updated",
      sample: review,
      details: { reason: required(text("Why", "An export was overlooked")), "metadata.week": required(text("Monday of the week", "2026-11-09")) },
      scope: "organization",
      severity: "notable",
    },
  },
});
