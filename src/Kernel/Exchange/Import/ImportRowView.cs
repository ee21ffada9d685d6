using Microsoft.EntityFrameworkCore;
using Tessera.Kernel.Database;
using Tessera.Kernel.Records;

namespace Tessera.Kernel.Exchange;

/// <summary>Rows as people see them.</summary>
internal static class ImportRowView
{
    /// <summary>Rows that are checked anew because one of them was put right.</summary>
    private const int MostNeighbours = 200;

    public static Func<ImportRow, ImportRowRow> Of(ImportRun run)
    {
        var columns = ImportFiles.Read<List<FileColumn>>(run.Columns);
        return row =>
        {
            var values = columns.Select((c, i) => (c.Field, Cell: row.Cells[i])).Where(c => c.Field is not null).ToDictionary(c => c.Field!, c => c.Cell, StringComparer.Ordinal);
            IReadOnlyList<CellChange> changes = row.Changes is not null ? ImportFiles.Read<List<CellChange>>(row.Changes)
                : row.Action == ImportAction.Create ? [.. values.Where(v => v.Value is not null && v.Key != "id").Select(v => new CellChange(v.Key, null, v.Value))] : [];
            return new ImportRowRow(
                row.N, row.Action, row.RecordId, row.RecordName, row.MatchedBy, values, changes, ImportFiles.Read<List<RowError>>(row.Errors ?? "[]"), ImportFiles.Read<List<RowWarning>>(row.Warnings ?? "[]"),
                row.Undo, row.UndoReason);
        };
    }

    /// <summary>Rows that are, or were before the fix, about the same record: their own errors may be settled now, or begin.</summary>
    public static async Task<IReadOnlyList<ImportRow>> NeighboursAsync(PlatformDb db, ImportRun run, NounExchange noun, List<FileColumn> columns, ImportRow row, string?[] before, CancellationToken cancel)
    {
        var found = new Dictionary<int, ImportRow>();
        var others = db.Set<ImportRow>().AsNoTracking().Where(r => r.RunId == run.Id && r.N != row.N);
        foreach (var field in noun.Keys.Prepend("id"))
        {
            var index = columns.FindIndex(c => c.Field == field);
            if (index < 0)
            {
                continue;
            }

            foreach (var pattern in new[] { before[index], row.Cells[index] }.OfType<string>().Select(text => LikePattern.Escape(text.Trim())).Distinct())
            {
                foreach (var other in await others.Where(r => EF.Functions.ILike(r.Cells[index]!.Trim(), pattern, LikePattern.EscapeSign)).OrderBy(r => r.N).Take(MostNeighbours).ToListAsync(cancel))
                {
                    found.TryAdd(other.N, other);
                }
            }
        }

        if ((row.ChosenId ?? row.RecordId) is { } id)
        {
            foreach (var other in await others.Where(r => r.RecordId == id).Take(MostNeighbours).ToListAsync(cancel))
            {
                found.TryAdd(other.N, other);
            }
        }

        return [.. found.Values];
    }
}
