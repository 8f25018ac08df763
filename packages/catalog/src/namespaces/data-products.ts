import { defineEvents } from "../define-events.ts";
import { text } from "../details.ts";

export const dataProducts = defineEvents({
  id: "data_products",
  title: "Data products",
  sample: { type: "data_product", name: "Customer 360" },
  events: {
    data_product_created: { title: "Data product created", sentence: "Created data product {resource}", operation: "created" },
    data_product_changed: { title: "Data product changed", sentence: "Changed data product {resource}", operation: "updated" },
    data_product_deleted: { title: "Data product deleted", sentence: "Deleted data product {resource}", operation: "deleted", severity: "notable" },
    data_product_shared: {
      title: "Data product shared",
      sentence: "Shared data product {resource}",
      operation: "shared",
      details: { "metadata.recipient": text("Whom it was shared with", "partner@brightwater.example") },
      severity: "notable",
    },
  },
});
