using Bogus;
using Tessera.Kernel.Database;
using Tessera.Kernel.Identity;
using Tessera.Kernel.Notifications;
using Tessera.Kernel.Tenancy;

namespace Tessera.Production;

/// <summary>Northlight Film School: two academic years of films and recordings that lead up to today.</summary>
internal sealed class Northlight : IDemoTenant
{
    /// <summary>Older steps count as made then, so that none is due for the archive.</summary>
    private const int OldestDays = 380;

    public string Slug => "northlight";

    public string Name => "Northlight Film School";

    public string TimeZone => "Europe/Copenhagen";

    public IReadOnlyList<string> Modules => [ProductionModule.ModuleKey];

    public IReadOnlyList<DemoPerson> People =>
    [
        new("admin@northlight.demo", "Ingrid Solheim", "admin", "Northlight Film School, administrator"),
        new("producer@northlight.demo", "Mads Kjær", "producer", "Northlight, producer: projects, students, schedule"),
        new("student@northlight.demo", "Sofia Marchetti", "student", "Northlight, student: her own projects only"),
        new("yara.haddad@northlight.demo", "Yara Haddad", "producer", "", SignsIn: false),
        new("henrik.lund@northlight.demo", "Henrik Lund", "producer", "", SignsIn: false),
        new("amina.diallo@northlight.demo", "Amina Diallo", "producer", "", SignsIn: false),
    ];

    public async Task SeedAsync(PlatformDb db, IReadOnlyDictionary<string, User> people, DateTimeOffset now, CancellationToken cancel)
    {
        var today = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(now, TimeZoneInfo.FindSystemTimeZoneById(TimeZone)).DateTime);
        new StandardLists().Begin(db);
        await TenantSettings.WriteAsync(db, ProductionModule.ModuleKey, new ProductionSettings { Currency = "DKK", Holidays = HolidaysAround(today) }, cancel);
        await db.SaveChangesAsync(cancel);
        var school = new NorthlightYear(db, new Faker { Random = new Randomizer(19_08) }, people, now, today);
        school.AddTemplates();
        school.AddStudents();
        school.AddProjects();

        var tenantId = db.TenantId;
        var oldest = now.AddDays(-OldestDays);
        foreach (var (at, by, changes) in DemoSteps.InRuns(school.Steps.Where(s => s.At <= now)))
        {
            db.EnterKeeping(new TenantScope(tenantId, by.Id, by.FullName) { At = (at < oldest ? oldest : at).ToUniversalTime() });
            foreach (var change in changes)
            {
                change();
            }

            await db.SaveChangesAsync(cancel);
            // What the context follows for nothing makes every further save slower; a step follows what it changes.
            db.ChangeTracker.Clear();
        }

        await db.ReadNotificationsAsync(now.AddHours(-30), cancel);
    }

    private static List<Holiday> HolidaysAround(DateOnly today) =>
    [
        .. Enumerable.Range(today.Year - 1, 3).SelectMany(year => new Holiday[]
        {
            new() { Date = new DateOnly(year, 1, 1), Name = "New Year's Day" },
            new() { Date = new DateOnly(year, 5, 1), Name = "Labour Day" },
            new() { Date = new DateOnly(year, 6, 5), Name = "Constitution Day" },
            new() { Date = new DateOnly(year, 12, 24), Name = "Christmas Eve" },
            new() { Date = new DateOnly(year, 12, 25), Name = "Christmas Day" },
            new() { Date = new DateOnly(year, 12, 26), Name = "Second Christmas Day" },
        }),
    ];
}
