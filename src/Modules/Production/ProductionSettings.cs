using System.ComponentModel.DataAnnotations;
using Tessera.Kernel.Database;
using Tessera.Kernel.Tenancy;
using Tessera.Kernel.Web;

namespace Tessera.Production;

/// <summary>A day nobody works.</summary>
public sealed record Holiday
{
    [Required]
    public DateOnly? Date { get; init; }

    [Required, MaxLength(100)]
    public string Name { get; init; } = "";
}

/// <summary>What a workspace may choose about its productions.</summary>
internal sealed record ProductionSettings
{
    /// <summary>Days of the week on which people work.</summary>
    [MinLength(1), MaxLength(7)]
    public IReadOnlyList<DayOfWeek> WorkDays { get; init; } = [DayOfWeek.Monday, DayOfWeek.Tuesday, DayOfWeek.Wednesday, DayOfWeek.Thursday, DayOfWeek.Friday];

    [MaxLength(400)]
    public IReadOnlyList<Holiday> Holidays { get; init; } = [];

    /// <summary>ISO 4217 code of budgets where a project names none.</summary>
    [CurrencyCode]
    public string Currency { get; init; } = "EUR";
}

/// <summary>The workspace's calendar as of now: its own today, its work week and its holidays.</summary>
internal sealed record WorkCalendar(ProductionSettings Settings, DateOnly Today, TimeZoneInfo Zone)
{
    private readonly Dictionary<DateOnly, string> _holidays = Settings.Holidays.Where(h => h.Date is not null).GroupBy(h => h.Date!.Value).ToDictionary(g => g.Key, g => g.First().Name);

    /// <summary>Read once in a transaction: an import asks for each of its rows.</summary>
    public static Task<WorkCalendar> ReadAsync(PlatformDb db, CancellationToken cancel) => db.OnceAsync("work_calendar", async () =>
    {
        var (settings, zone) = await TenantSettings.ReadWithZoneAsync<ProductionSettings>(db, ProductionModule.ModuleKey, cancel);
        return new WorkCalendar(settings, DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(db.Clock.GetUtcNow(), zone).DateTime), zone);
    });

    /// <summary>The civil date of an instant, here.</summary>
    public DateOnly DateOf(DateTimeOffset instant) => DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(instant, Zone).DateTime);

    /// <summary>Why nobody works on this day; null when they do.</summary>
    public Warning? Collision(DateOnly? date, string field, string what) => date switch
    {
        null => null,
        { } day when _holidays.TryGetValue(day, out var name) => new Warning("holiday", $"{what} falls on a holiday: {name}.", field),
        { } day when !Settings.WorkDays.Contains(day.DayOfWeek) => new Warning("weekend", $"{what} falls on a {day.DayOfWeek}, which is no work day here.", field),
        _ => null,
    };
}

/// <summary>Something worth a second look that does not stop anybody.</summary>
/// <param name="Code"><c>weekend</c>, <c>holiday</c>, <c>grade_before_shoot</c>, <c>mix_before_shoot</c>, <c>due_after_delivery</c> or <c>outside_project</c>.</param>
/// <param name="Field">The row's field it is about.</param>
public sealed record Warning(string Code, string Message, string Field);
