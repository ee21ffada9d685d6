using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Npgsql;
using NpgsqlTypes;
using Tessera.Kernel.Database;

namespace Tessera.Kernel.Notifications;

/// <summary>
/// Writes what a save tells people, in one statement of its transaction: it drops what was told before and who does not want it.
/// The context's tracker holds them until then, so a change that is refused tells nobody.
/// </summary>
internal static class NotificationOutbox
{
    private const string Write =
        """
        insert into kernel.notification (tenant_id, id, user_id, kind, title, body, about_at, actor_name, page, record_kind, record_id, shown_in_trash, job_id, key, created_at)
        select $1, n.id, n.user_id, n.kind, n.title, n.body, n.about_at, n.actor_name, n.page, n.record_kind, n.record_id, n.shown_in_trash, n.job_id, n.key, n.created_at
        from unnest($2::uuid[], $3::uuid[], $4::text[], $5::text[], $6::text[], $7::timestamptz[], $8::text[], $9::text[], $10::text[], $11::uuid[], $12::boolean[], $13::uuid[], $14::text[], $15::timestamptz[], $16::boolean[])
          as n (id, user_id, kind, title, body, about_at, actor_name, page, record_kind, record_id, shown_in_trash, job_id, key, created_at, wanted)
        join kernel.users u on u.tenant_id = $1 and u.id = n.user_id and u.active and u.deleted_at is null
        left join kernel.notification_choice c on c.tenant_id = $1 and c.user_id = n.user_id and c.kind = n.kind
        where coalesce(c.enabled, n.wanted)
        on conflict (tenant_id, user_id, key) do nothing
        returning user_id
        """;

    /// <summary>Takes out of the tracker what waits there to be told.</summary>
    public static IReadOnlyList<Notification> Take(PlatformDb db)
    {
        var waiting = db.ChangeTracker.Entries<Notification>().Where(e => e.State == EntityState.Added).ToList();
        waiting.ForEach(entry => entry.State = EntityState.Detached);
        return waiting.ConvertAll(entry => entry.Entity);
    }

    /// <summary>Writes them; windows hear of it after the commit.</summary>
    public static async Task SendAsync(PlatformDb db, IReadOnlyList<Notification> told, IDbContextTransaction transaction, CancellationToken cancel)
    {
        if (told.Count == 0)
        {
            return;
        }

        await using var command = (NpgsqlCommand)db.Database.GetDbConnection().CreateCommand();
        command.Transaction = (NpgsqlTransaction)transaction.GetDbTransaction();
        command.CommandText = Write;
        command.Parameters.Add(new() { Value = db.TenantId });
        Add(NpgsqlDbType.Uuid, told.Select(n => n.Id));
        Add(NpgsqlDbType.Uuid, told.Select(n => n.UserId));
        Add(NpgsqlDbType.Text, told.Select(n => n.Kind));
        Add(NpgsqlDbType.Text, told.Select(n => n.Title));
        Add(NpgsqlDbType.Text, told.Select(n => n.Body));
        Add(NpgsqlDbType.TimestampTz, told.Select(n => n.AboutAt));
        Add(NpgsqlDbType.Text, told.Select(n => n.ActorName));
        Add(NpgsqlDbType.Text, told.Select(n => n.Page));
        Add(NpgsqlDbType.Text, told.Select(n => n.RecordKind));
        Add(NpgsqlDbType.Uuid, told.Select(n => n.RecordId));
        Add(NpgsqlDbType.Boolean, told.Select(n => n.ShownInTrash));
        Add(NpgsqlDbType.Uuid, told.Select(n => n.JobId));
        Add(NpgsqlDbType.Text, told.Select(n => n.Key));
        Add(NpgsqlDbType.TimestampTz, told.Select(n => n.CreatedAt));
        Add(NpgsqlDbType.Boolean, told.Select(n => n.OnByDefault));
        var reached = new HashSet<Guid>();
        await using (var reader = await command.ExecuteReaderAsync(cancel))
        {
            while (await reader.ReadAsync(cancel))
            {
                reached.Add(reader.GetGuid(0));
            }
        }

        NotificationCommitInterceptor.Tells(transaction.GetDbTransaction(), reached);

        void Add<T>(NpgsqlDbType type, IEnumerable<T> values) =>
            command.Parameters.Add(new() { Value = values.ToArray(), NpgsqlDbType = NpgsqlDbType.Array | type });
    }
}
