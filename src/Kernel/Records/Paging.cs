using Microsoft.EntityFrameworkCore;

namespace Tessera.Kernel.Records;

/// <summary>Pages of what is not a noun: an ordered query, counted whole.</summary>
internal static class Paging
{
    private const int LastPage = 1_000;

    private const int MaximumLimit = 200;

    /// <param name="ordered">In an order that leaves nothing open.</param>
    /// <param name="page">From 1; what is beyond the possible is taken for the nearest that is not.</param>
    /// <param name="limit">At most 200.</param>
    /// <param name="toRow">What callers get.</param>
    /// <param name="cancel">Ends the reading.</param>
    public static async Task<RecordPage<TRow>> PageAsync<T, TRow>(IQueryable<T> ordered, int page, int limit, Func<T, TRow> toRow, CancellationToken cancel)
    {
        (page, limit) = (Math.Clamp(page, 1, LastPage), Math.Clamp(limit, 1, MaximumLimit));
        var total = await ordered.CountAsync(cancel);
        var rows = await ordered.Skip((page - 1) * limit).Take(limit).ToListAsync(cancel);
        return new RecordPage<TRow>([.. rows.Select(toRow)], total, true, page, limit, null);
    }
}
