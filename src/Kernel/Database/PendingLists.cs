using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;

namespace Tessera.Kernel.Database;

/// <summary>
/// The lists of what was added to a search index since it last took it in. Every search reads the whole list, so it is kept short;
/// taking a long list in at once costs far less than many short ones, so who adds thousands of rows lets it grow and empties it at the end.
/// </summary>
internal static class PendingLists
{
    /// <summary>How long the lists may grow in ordinary work: 256 kB.</summary>
    public const string Setting = "gin_pending_list_limit=256";

    /// <summary>Lets the lists grow to 16 MB in the current transaction.</summary>
    public static Task LetGrowAsync(PlatformDb db, CancellationToken cancel) =>
        db.Database.ExecuteSqlAsync($"set local gin_pending_list_limit = '16MB'; set local work_mem = '32MB'", cancel);

    /// <summary>Takes in what is listed for the indexes of a table.</summary>
    public static Task EmptyAsync(PlatformDb db, IEntityType type, CancellationToken cancel) =>
        db.Database.ExecuteSqlAsync($"select kernel.empty_pending_lists(format('%I.%I', {type.GetSchema()}, {type.GetTableName()})::regclass)", cancel);
}
