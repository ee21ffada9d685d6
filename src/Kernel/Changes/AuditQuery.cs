using System.Buffers.Text;
using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Tessera.Kernel.Records;
using Tessera.Kernel.Web;

namespace Tessera.Kernel.Changes;

/// <summary>A question to the audit trail, understood: everything in it was known and of the right kind. The order is always newest first.</summary>
internal sealed class AuditQuery
{
    /// <summary>Offsets beyond this are for the cursor.</summary>
    private const int MaximumOffset = 100_000;

    private const int MaximumSearchLength = 200;

    private static readonly Dictionary<string, RecordFilter<Change>> Filters = new RecordFilter<Change>[]
    {
        new RecordFilter<Change, Guid?>("actorId", c => c.ActorId),
        new RecordFilter<Change, string>("action", c => c.Action),
        new RecordFilter<Change, string>("target", c => c.Target),
        new RecordFilter<Change, Guid?>("entityId", c => c.EntityId),
        new RecordFilter<Change, Guid?>("targetUserId", c => c.TargetUserId),
        new RecordFilter<Change, DateTimeOffset>("at", c => c.At),
    }.ToDictionary(f => f.Name, StringComparer.Ordinal);

    private readonly List<System.Linq.Expressions.Expression<Func<Change, bool>>> _conditions = [];

    private (ulong Xid, long Seq)? _before;

    public string? Search { get; private set; }

    public int Page { get; private set; } = 1;

    public int Limit { get; private set; } = RecordListQuery<Change>.DefaultLimit;

    public bool HasCursor => _before is not null;

    /// <summary>What the list and its export understand, for OpenAPI.</summary>
    public static OtherListParameters Parameters(bool paged) =>
        new(new ListParameters([.. Filters.Values.Select(f => new ListFilter(f.Name, f.ValueType, f.Allowed))], [], Paged: paged, HasTrash: false));

    /// <param name="parameters">As they came; an unknown one is refused, because an ignored filter shows what was not asked for.</param>
    /// <param name="forExport">The whole answer in one file: <c>format</c> instead of paging.</param>
    public static (AuditQuery? Query, Refusal? Refusal) Parse(IQueryCollection parameters, bool forExport)
    {
        var query = new AuditQuery();
        var errors = new Dictionary<string, string[]>(StringComparer.Ordinal);
        foreach (var (name, values) in parameters)
        {
            var text = values.Count == 1 ? values[0] ?? "" : string.Join(',', values.AsEnumerable());
            var error = !TextRules.IsClean(text) ? "Contains a character that no text may have." : query.Read(name, text, forExport);
            if (error is not null)
            {
                errors[name] = [error];
            }
        }

        if (query.Page > 1 && (long)query.Page * query.Limit > MaximumOffset)
        {
            errors["page"] = [$"So deep only by cursor: at most {MaximumOffset} rows can be skipped."];
        }

        return errors.Count == 0 ? (query, null) : (null, Refusals.Invalid(errors));
    }

    /// <summary>The changes that match, in no order.</summary>
    public IQueryable<Change> Matching(IQueryable<Change> visible)
    {
        if (Search is { } text)
        {
            var pattern = SearchText.PatternOf(text);
            visible = visible.Where(c => EF.Functions.Like(SearchText.Folded(c.ActorName)!, pattern, LikePattern.EscapeSign) || EF.Functions.Like(SearchText.Folded(c.Label)!, pattern, LikePattern.EscapeSign));
        }

        return _conditions.Aggregate(visible, (changes, condition) => changes.Where(condition));
    }

    /// <summary>The page's changes of those that match.</summary>
    public IQueryable<Change> Paged(IQueryable<Change> matching)
    {
        if (_before is { } before)
        {
            return NewestFirst(matching.Where(c => c.Xid <= before.Xid && (c.Xid < before.Xid || c.Seq < before.Seq))).Take(Limit);
        }

        return NewestFirst(matching).Skip((Page - 1) * Limit).Take(Limit);
    }

    public static IOrderedQueryable<Change> NewestFirst(IQueryable<Change> changes) => changes.OrderByDescending(c => c.Xid).ThenByDescending(c => c.Seq);

    /// <summary>Goes on behind this change.</summary>
    public static string CursorBehind(ulong xid, long seq) => Base64Url.EncodeToString(Encoding.ASCII.GetBytes($"{xid}.{seq}"));

    private string? Read(string name, string text, bool forExport)
    {
        switch (name)
        {
            case "search":
                Search = Text.OrNull(text);
                return Search?.Length > MaximumSearchLength ? $"At most {MaximumSearchLength} characters." : null;
            case "format" when forExport:
                return text is "csv" or "json" ? null : "Say csv or json.";
            case "page" when !forExport:
                return ReadNumber(text, int.MaxValue, n => Page = n) ? null : "A page number starts at 1.";
            case "limit" when !forExport:
                return ReadNumber(text, RecordListQuery<Change>.MaximumLimit, n => Limit = n) ? null : $"Between 1 and {RecordListQuery<Change>.MaximumLimit}.";
            case "cursor" when !forExport:
                return text.Length == 0 || ReadCursor(text) ? null : "This cursor does not belong to this list; start again without one.";
            default:
                return ReadFilter(name, text);
        }
    }

    private string? ReadFilter(string name, string text)
    {
        var dot = name.IndexOf('.', StringComparison.Ordinal);
        if (!Filters.TryGetValue(dot < 0 ? name : name[..dot], out var filter))
        {
            return $"Not known here. Filters: {string.Join(", ", Filters.Keys)}.";
        }

        var (condition, error) = filter.Parse(dot < 0 ? null : name[(dot + 1)..], text);
        if (condition is not null)
        {
            _conditions.Add(condition);
        }

        return error;
    }

    private static bool ReadNumber(string text, int maximum, Action<int> keep)
    {
        var isNumber = int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= 1 && number <= maximum;
        if (isNumber)
        {
            keep(number);
        }

        return isNumber;
    }

    private bool ReadCursor(string text)
    {
        if (!Base64Url.IsValid(text) || text.Length > 100)
        {
            return false;
        }

        var parts = Encoding.ASCII.GetString(Base64Url.DecodeFromChars(text)).Split('.');
        if (parts.Length != 2 || !ulong.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out var xid) || !long.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var seq))
        {
            return false;
        }

        _before = (xid, seq);
        return true;
    }
}
