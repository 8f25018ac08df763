import { defineEvents } from "../define-events.ts";
import { byHandOrApi } from "../shared-details.ts";

export const dataStores = defineEvents({
  id: "data_stores",
  title: "Data stores",
  sample: { type: "data_store", name: "Customers" },
  events: {
    data_store_created: { title: "Data store created", sentence: "Created data store {resource}", operation: "created" },
    data_store_updated: { title: "Data store updated", sentence: "Updated data store {resource}", operation: "updated" },
    data_store_deleted: { title: "Data store deleted", sentence: "Deleted data store {resource}", operation: "deleted", severity: "notable" },
    data_store_record_created: {
      title: "Data store record created",
      sentence: "Created data store record {resource}",
      operation: "created",
      sample: { type: "data_store_record", name: "customer-1042" },
      details: byHandOrApi,
    },
    data_store_record_updated: {
      title: "Data store record updated",
      sentence: "Updated data store record {resource}",
      operation: "updated",
      sample: { type: "data_store_record", name: "customer-1042" },
      details: byHandOrApi,
    },
    data_store_record_deleted: {
      title: "Data store record deleted",
      sentence: "Deleted data store record {resource}",
      operation: "deleted",
      sample: { type: "data_store_record", name: "customer-1042" },
      details: byHandOrApi,
    },
  },
});
