using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using Tessera.Kernel.Web;

namespace Tessera.Recruiting;

/// <summary>Whose value a merged candidate gets.</summary>
public enum MergeSide
{
    Target,
    Duplicate,
}

/// <summary>
/// Brings two candidates' fields together. Without a choice the target's value stays and the duplicate's fills a gap; lists
/// are united; a warning of either holds for both. The stage is not merged: it has its own rules.
/// </summary>
internal static class MergeFields
{
    private static readonly Dictionary<string, PropertyInfo> Single = Properties(
        nameof(Candidate.FullName), nameof(Candidate.Email), nameof(Candidate.Position), nameof(Candidate.Phone), nameof(Candidate.ResumeUrl), nameof(Candidate.Notes), nameof(Candidate.Source),
        nameof(Candidate.Location), nameof(Candidate.CurrentEmployer), nameof(Candidate.AvailabilityDate), nameof(Candidate.Rating), nameof(Candidate.OwnerId), nameof(Candidate.DoNotHire));

    private static readonly Dictionary<string, PropertyInfo> Lists = Properties(nameof(Candidate.Skills), nameof(Candidate.Tags));

    public static IReadOnlyCollection<string> Names => Single.Keys;

    /// <returns>The fields that changed.</returns>
    public static List<MergedField> Apply(Candidate target, Candidate duplicate, IReadOnlyDictionary<string, MergeSide> take)
    {
        var changed = new List<MergedField>();
        foreach (var (name, property) in Single)
        {
            var fromDuplicate = take.TryGetValue(name, out var side)
                ? side == MergeSide.Duplicate
                : IsEmpty(property.GetValue(target)) && !IsEmpty(property.GetValue(duplicate));
            if (fromDuplicate)
            {
                Change(property.GetValue(duplicate), name, property);
            }
        }

        foreach (var (name, property) in Lists)
        {
            var (own, others) = ((List<string>)property.GetValue(target)!, (List<string>)property.GetValue(duplicate)!);
            Change(own.Concat(others).Distinct(StringComparer.OrdinalIgnoreCase).ToList(), name, property);
        }

        return changed;

        void Change(object? value, string name, PropertyInfo property)
        {
            var (before, after) = (Json(property.GetValue(target), property), Json(value, property));
            if (!JsonNode.DeepEquals(before, after))
            {
                property.SetValue(target, value);
                changed.Add(new MergedField(name, before, after));
            }
        }
    }

    /// <summary>Puts a field back, unless it holds something else than the merge left there. Of a list, what the merge added goes.</summary>
    /// <returns>False when somebody has edited it since.</returns>
    public static bool TryUndo(Candidate target, MergedField step)
    {
        if (Lists.TryGetValue(step.Field, out var list))
        {
            var added = Words(step.After).Except(Words(step.Before), StringComparer.OrdinalIgnoreCase).ToList();
            list.SetValue(target, ((List<string>)list.GetValue(target)!).Except(added, StringComparer.OrdinalIgnoreCase).ToList());
            return true;
        }

        var property = Single[step.Field];
        if (!JsonNode.DeepEquals(Json(property.GetValue(target), property), step.After))
        {
            return false;
        }

        property.SetValue(target, step.Before.Deserialize(property.PropertyType, PlatformJson.Options));
        return true;
    }

    private static Dictionary<string, PropertyInfo> Properties(params string[] names) =>
        names.ToDictionary(Tessera.Kernel.Records.Words.Camel, n => typeof(Candidate).GetProperty(n)!, StringComparer.Ordinal);

    private static bool IsEmpty(object? value) => value is null or "" or 0 or false;

    private static JsonNode? Json(object? value, PropertyInfo property) => JsonSerializer.SerializeToNode(value, property.PropertyType, PlatformJson.Options);

    private static List<string> Words(JsonNode? list) => list.Deserialize<List<string>>(PlatformJson.Options) ?? [];
}
