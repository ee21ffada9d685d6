using System.Buffers.Text;
using System.Globalization;
using System.Linq.Expressions;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Tessera.Kernel.Web;

namespace Tessera.Kernel.Records;

/// <summary>A list request, understood: everything in it was known and of the right kind.</summary>
internal sealed class RecordListQuery<TEntity>
{
    public const int DefaultLimit = 50;

    public const int MaximumLimit = 200;

    /// <summary>Offsets beyond this are for the cursor.</summary>
    private const int MaximumOffset = 100_000;

    private const int MaximumSearchLength = 200;

    private static readonly string[] OwnParameters = ["search", "sort", "page", "limit", "cursor", "trash"];

    public string? Search { get; private set; }

    public bool Trash { get; private set; }

    public int Page { get; private set; } = 1;

    public int Limit { get; private set; } = DefaultLimit;

    public List<Expression<Func<TEntity, bool>>> Conditions { get; } = [];

    public List<(RecordSort<TEntity> Sort, bool Descending)> Sorts { get; } = [];

    /// <summary>Values of the last row's sort keys, then its id; null when the page number counts.</summary>
    public JsonElement[]? After { get; private set; }

    public static (RecordListQuery<TEntity>? Query, Refusal? Refusal) Parse(
        IQueryCollection parameters, IReadOnlyDictionary<string, RecordFilter<TEntity>> filters, IReadOnlyDictionary<string, RecordSort<TEntity>> sorts, string defaultSort)
    {
        var query = new RecordListQuery<TEntity>();
        var errors = new Dictionary<string, string[]>(StringComparer.Ordinal);
        foreach (var (name, values) in parameters)
        {
            var text = values.Count == 1 ? values[0] ?? "" : string.Join(',', values.AsEnumerable());
            if (!TextRules.IsClean(text))
            {
                errors[name] = ["Contains a character that no text may have."];
            }
            else if (!OwnParameters.Contains(name))
            {
                query.ReadFilter(name, text, filters, errors);
            }
            else if (query.ReadOwn(name, text) is { } error)
            {
                errors[name] = [error];
            }
        }

        if ((long)query.Page * query.Limit > MaximumOffset)
        {
            errors.TryAdd("page", [$"So deep only by cursor: at most {MaximumOffset} rows can be skipped."]);
        }

        query.ReadSort(parameters.TryGetValue("sort", out var sort) && !string.IsNullOrEmpty(sort) ? sort.ToString() : defaultSort, sorts, errors);
        if (parameters.TryGetValue("cursor", out var cursor) && !string.IsNullOrEmpty(cursor) && errors.Count == 0)
        {
            query.ReadCursor(cursor.ToString(), errors);
        }

        return errors.Count == 0 ? (query, null) : (null, Refusals.Invalid(errors));
    }

    /// <summary>The cursor that goes on behind a row with these sort keys; null when a sort has none.</summary>
    public string? CursorAfter(object?[] keys, Guid id) =>
        Sorts.TrueForAll(s => s.Sort.HasCursor)
            ? Base64Url.EncodeToString(JsonSerializer.SerializeToUtf8Bytes<object?[]>([Signature(), .. keys, id], PlatformJson.Options))
            : null;

    public IQueryable<TEntity> Order(IQueryable<TEntity> rows, Expression<Func<TEntity, Guid>> id)
    {
        for (var i = 0; i < Sorts.Count; i++)
        {
            rows = Sorts[i].Sort.Order(rows, i == 0, Sorts[i].Descending);
        }

        var ordered = (IOrderedQueryable<TEntity>)rows;
        return Sorts[^1].Descending ? ordered.ThenByDescending(id) : ordered.ThenBy(id);
    }

    /// <summary>Rows behind the cursor: after it in the first key, or equal there and after it in the next, and so on down to the id.</summary>
    /// <exception cref="FormatException">The cursor holds values of other columns.</exception>
    public Expression<Func<TEntity, bool>>? BehindCursor(Expression<Func<TEntity, Guid>> id)
    {
        if (After is null)
        {
            return null;
        }

        var row = Expression.Parameter(typeof(TEntity), "row");
        Expression behind = Expression.Constant(false);
        Expression same = Expression.Constant(true);
        for (var i = 0; i < Sorts.Count; i++)
        {
            var (equal, after) = Sorts[i].Sort.Compare(row, After[i], Sorts[i].Descending);
            behind = Expression.OrElse(behind, Expression.AndAlso(same, after));
            same = Expression.AndAlso(same, equal);
        }

        var last = new RecordSort<TEntity, Guid>("id", id).Compare(row, After[^1], Sorts[^1].Descending).After;
        return Expression.Lambda<Func<TEntity, bool>>(Expression.OrElse(behind, Expression.AndAlso(same, last)), row);
    }

    private string? ReadOwn(string name, string text)
    {
        switch (name)
        {
            case "search":
                Search = Text.OrNull(text);
                return Search?.Length > MaximumSearchLength ? $"At most {MaximumSearchLength} characters." : null;
            case "trash":
                Trash = text == "true";
                return text is "true" or "false" ? null : "Say true or false.";
            case "page":
                var isPage = int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var page) && page >= 1;
                Page = isPage ? page : 1;
                return isPage ? null : "A page number starts at 1.";
            case "limit":
                var isLimit = int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var limit) && limit is >= 1 and <= MaximumLimit;
                Limit = isLimit ? limit : DefaultLimit;
                return isLimit ? null : $"Between 1 and {MaximumLimit}.";
            default:
                return null;
        }
    }

    private void ReadFilter(string name, string text, IReadOnlyDictionary<string, RecordFilter<TEntity>> filters, Dictionary<string, string[]> errors)
    {
        var dot = name.IndexOf('.', StringComparison.Ordinal);
        var field = dot < 0 ? name : name[..dot];
        if (!filters.TryGetValue(field, out var filter))
        {
            errors[name] = [$"Not known here. Filters: {string.Join(", ", filters.Keys)}."];
            return;
        }

        var (condition, error) = filter.Parse(dot < 0 ? null : name[(dot + 1)..], text);
        if (error is not null)
        {
            errors[name] = [error];
        }
        else
        {
            Conditions.Add(condition!);
        }
    }

    private void ReadSort(string text, IReadOnlyDictionary<string, RecordSort<TEntity>> sorts, Dictionary<string, string[]> errors)
    {
        foreach (var word in text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            if (!sorts.TryGetValue(word.TrimStart('-'), out var sort))
            {
                errors["sort"] = [$"'{word}' is not sortable. Sorts: {string.Join(", ", sorts.Keys)}, with a leading '-' for descending."];
            }
            else if (!Sorts.Exists(s => s.Sort == sort))
            {
                Sorts.Add((sort, word[0] == '-'));
            }
        }

        if (Sorts.Count is 0 or > 4)
        {
            errors.TryAdd("sort", ["Between one and four columns."]);
        }
    }

    private void ReadCursor(string text, Dictionary<string, string[]> errors)
    {
        try
        {
            var parts = JsonSerializer.Deserialize<JsonElement[]>(Base64Url.DecodeFromChars(text));
            if (parts is not null && parts.Length == Sorts.Count + 2 && parts[0].ValueKind == JsonValueKind.String && parts[0].GetString() == Signature() && parts[^1].TryGetGuid(out _))
            {
                After = parts[1..];
                return;
            }
        }
        catch (Exception malformed) when (malformed is FormatException or JsonException or InvalidOperationException)
        {
            // Told below, with every other way a cursor can be wrong.
        }

        errors["cursor"] = ["This cursor does not belong to this list and sort; start again without one."];
    }

    private string Signature() => Sorts.Aggregate(new StringBuilder(), (all, s) => all.Append(s.Descending ? '-' : '+').Append(s.Sort.Name)).ToString();
}
