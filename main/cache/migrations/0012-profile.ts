import type { Migration } from '../../sqlite/migrate.ts'

/** How to talk to a server is one JSON value: `ServerProfile.profile`. */
export const profile: Migration = db => {
  db.exec(`
    ALTER TABLE servers ADD COLUMN profile TEXT NOT NULL DEFAULT '{}';
    UPDATE servers SET profile = json_object(
      'connect', json_object('login', login, 'virtualHost', virtual_host),
      'rooms', json_object('subscribe', json_array(subscribe_template), 'send', publish_template),
      'body', json_object('timeZone', time_zone)
    );
    ALTER TABLE servers DROP COLUMN login;
    ALTER TABLE servers DROP COLUMN virtual_host;
    ALTER TABLE servers DROP COLUMN subscribe_template;
    ALTER TABLE servers DROP COLUMN publish_template;
    ALTER TABLE servers DROP COLUMN time_zone;
  `)
}
