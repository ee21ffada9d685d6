using Bogus;
using Microsoft.EntityFrameworkCore;
using Tessera.Kernel.Access;
using Tessera.Kernel.Booking;
using Tessera.Kernel.Database;
using Tessera.Kernel.Identity;
using Tessera.Kernel.Notifications;
using Tessera.Kernel.Records;
using Tessera.Kernel.Tenancy;

namespace Tessera.Recruiting;

/// <summary>Brightdesk, a mid-sized software company that is hiring: four months of candidates, interviews and calls that lead up to today.</summary>
internal sealed class Brightdesk : IDemoTenant
{
    private const int CandidateCount = 320;

    private const int CallCount = 260;

    private const int Days = 110;

    private static readonly string[] Positions =
    [
        "Backend Engineer", "Frontend Engineer", "Product Designer", "Data Analyst", "Engineering Manager", "Customer Success Manager", "Account Executive", "QA Engineer", "DevOps Engineer", "Technical Writer", "People Partner", "Office Manager",
    ];

    private static readonly string[] Sources = ["Referral", "LinkedIn", "Company website", "Job fair", "Agency", "University"];

    private static readonly string[] Skills = ["C#", "TypeScript", "PostgreSQL", "React", "Kubernetes", "Figma", "Salesforce", "Python", "Writing", "Negotiation", "Payroll", "SQL", "Testing", "Leadership"];

    private static readonly string[] Types = ["phone", "video", "onsite", "technical", "panel", "final"];

    private static readonly string[] Cities = ["Berlin", "Hamburg", "Munich", "Vienna", "Zurich", "Amsterdam", "Copenhagen", "Remote"];

    private static readonly string[] Notes =
    [
        "Strong portfolio, asked good questions about the team.", "Prefers to work from home three days a week.", "Three months' notice period.", "Met at the spring job fair; very direct, good humour.",
        "Salary expectation is above the band, but willing to talk.", "Wants to move from consulting into a product company.", "Referred by a colleague who worked with them for two years.",
    ];

    public string Slug => "brightdesk";

    public string Name => "Brightdesk";

    public string TimeZone => "Europe/Berlin";

    public IReadOnlyList<string> Modules => ["recruiting"];

    public IReadOnlyList<DemoPerson> People =>
    [
        new("admin@brightdesk.demo", "Astrid Lindqvist", "admin", "Brightdesk, administrator"),
        new("manager@brightdesk.demo", "Marcus Feld", "manager", "Brightdesk, hiring manager"),
        new("agent@brightdesk.demo", "Amara Okafor", "agent", "Brightdesk, agent: interviews and calls"),
        new("viewer@brightdesk.demo", "Viktor Hansen", "viewer", "Brightdesk, viewer: dashboard only"),
        new("priya.raman@brightdesk.demo", "Priya Raman", "manager", "", SignsIn: false),
        new("jonas.weber@brightdesk.demo", "Jonas Weber", "agent", "", SignsIn: false),
        new("chiara.conti@brightdesk.demo", "Chiara Conti", "agent", "", SignsIn: false),
        new("tomasz.nowak@brightdesk.demo", "Tomasz Nowak", "manager", "", SignsIn: false),
    ];

    public async Task SeedAsync(PlatformDb db, IReadOnlyDictionary<string, User> people, DateTimeOffset now, CancellationToken cancel)
    {
        var faker = new Faker { Random = new Randomizer(20_26) };
        var recruiters = people.Values.Where(u => u.Role is "manager").ToArray();
        var interviewers = people.Values.Where(u => u.Role is "manager" or "agent").ToArray();
        var admins = people.Values.Where(u => u.Role == Role.Admin).ToArray();
        var zone = TimeZoneInfo.FindSystemTimeZoneById(TimeZone);
        var tenantId = db.TenantId;
        var emails = new HashSet<string>(StringComparer.Ordinal);
        var arrivals = Enumerable.Range(0, CandidateCount).Select(_ => faker.Random.Double(0, Days)).Order().Select(day => now.AddDays(day - Days).AddMinutes(-10)).ToArray();
        var busy = new HashSet<(Guid, DateTimeOffset)>();
        var later = new List<(DateTimeOffset At, User By, Action Change)>();
        var known = new List<(Candidate Candidate, DateTimeOffset Since)>();

        foreach (var arrivedAt in arrivals)
        {
            var owner = faker.PickRandom(recruiters);
            var candidate = MakeCandidate(faker, owner, emails, arrivedAt);
            known.Add((candidate, arrivedAt));
            later.Add((arrivedAt, owner, () => db.Add(candidate)));
            Advance(faker, db, candidate, owner, interviewers, arrivedAt, now, zone, busy, later);
            if (arrivedAt > now.AddDays(-40) && known.Count % 4 == 0)
            {
                BrightdeskTalk.Add(db, known.Count / 4, candidate, owner, interviewers.First(person => person.Id != owner.Id), admins[known.Count / 4 % admins.Length], arrivedAt, now, later);
            }
        }

        AddCalls(faker, db, interviewers, known, later, now, zone);
        foreach (var step in later.Where(s => s.At <= now).OrderBy(s => s.At).GroupBy(s => (s.At.UtcDateTime.Date, s.By.Id)))
        {
            var (at, by, _) = step.First();
            db.EnterKeeping(new TenantScope(tenantId, by.Id, by.FullName) { At = at });
            foreach (var (_, _, change) in step)
            {
                change();
            }

            await db.SaveChangesAsync(cancel);
        }

        await BookOpenInterviewsAsync(db, cancel);
        await db.ReadNotificationsAsync(now.AddHours(-20), cancel);
    }

    private static Candidate MakeCandidate(Faker faker, User owner, HashSet<string> emails, DateTimeOffset at)
    {
        var first = faker.Name.FirstName();
        var last = faker.Name.LastName();
        var email = $"{first}.{last}".ToLowerInvariant().Replace("'", "", StringComparison.Ordinal) + "@example.com";
        for (var n = 2; !emails.Add(email); n++)
        {
            email = $"{first}.{last}{n}@example.com".ToLowerInvariant().Replace("'", "", StringComparison.Ordinal);
        }

        var phone = PhoneNumber.Normalise("+49 15" + faker.Random.ReplaceNumbers("## #######"));
        var candidate = new Candidate
        {
            FullName = $"{first} {last}",
            Email = email,
            Phone = faker.Random.Bool(0.8f) ? phone : null,
            Position = faker.PickRandom(Positions),
            Source = faker.PickRandom(Sources),
            Location = faker.PickRandom(Cities),
            CurrentEmployer = faker.Random.Bool(0.7f) ? faker.Company.CompanyName() : null,
            ResumeUrl = faker.Random.Bool(0.6f) ? $"https://files.example.com/resumes/{faker.Random.AlphaNumeric(10)}.pdf" : null,
            Notes = faker.Random.Bool(0.4f) ? faker.PickRandom(Notes) : null,
            Skills = [.. faker.PickRandom(Skills, faker.Random.Int(1, 4))],
            Tags = faker.Random.Bool(0.2f) ? ["priority"] : [],
            Rating = faker.Random.WeightedRandom([0, 1, 2, 3], [0.4f, 0.25f, 0.25f, 0.1f]),
            AvailabilityDate = faker.Random.Bool(0.3f) ? DateOnly.FromDateTime(at.AddDays(faker.Random.Int(20, 100)).UtcDateTime) : null,
            OwnerId = owner.Id,
            StageEnteredAt = at,
        };
        CandidateKeys.Derive(candidate);
        return candidate;
    }

    /// <summary>Most people are rejected or still on their way; a few are hired.</summary>
    private static void Advance(
        Faker faker, PlatformDb db, Candidate candidate, User owner, User[] interviewers, DateTimeOffset arrivedAt, DateTimeOffset now, TimeZoneInfo zone,
        HashSet<(Guid, DateTimeOffset)> busy, List<(DateTimeOffset At, User By, Action Change)> later)
    {
        var screenedAt = arrivedAt.AddDays(faker.Random.Double(0.5, 6));
        if (faker.Random.Bool(0.2f))
        {
            Move(candidate, CandidateStatus.Rejected, screenedAt, owner, later, "Does not match the profile");
            return;
        }

        Move(candidate, CandidateStatus.Screening, screenedAt, owner, later);
        var interviewer = faker.PickRandom(interviewers);
        var heldAt = Slot(faker, screenedAt.AddDays(faker.Random.Double(2, 12)), zone, interviewer, busy);
        if (faker.Random.Bool(0.15f) || heldAt > now.AddDays(21))
        {
            return;
        }

        var interview = new Interview
        {
            CandidateId = candidate.Id,
            CandidateName = candidate.FullName,
            InterviewerName = interviewer.FullName,
            InterviewerUserId = interviewer.Id,
            ScheduledAt = heldAt,
            DurationMins = 60,
            TimeZone = zone.Id,
            InterviewType = faker.PickRandom(Types),
            Round = 1,
            JoinUrl = faker.Random.Bool(0.5f) ? $"https://meet.example.com/{faker.Random.AlphaNumeric(9)}" : null,
            Location = faker.Random.Bool(0.3f) ? "Room Aurora" : null,
        };
        later.Add((screenedAt.AddHours(2), owner, () =>
        {
            db.Add(interview);
            InterviewNotices.Assign(db, interview, InterviewNotices.PeopleOf(interview), screenedAt.AddHours(2));
        }
        ));
        if (heldAt > now)
        {
            return;
        }

        Hold(faker, candidate, interview, interviewer, owner, heldAt, later);
    }

    private static void Hold(
        Faker faker, Candidate candidate, Interview interview, User interviewer, User owner, DateTimeOffset heldAt, List<(DateTimeOffset At, User By, Action Change)> later)
    {
        var endedAt = heldAt.AddMinutes(65);
        var outcome = faker.Random.WeightedRandom([InterviewStatus.Completed, InterviewStatus.NoShow, InterviewStatus.Cancelled], [0.86f, 0.06f, 0.08f]);
        later.Add((endedAt, interviewer, () =>
        {
            interview.Status = outcome;
            if (outcome == InterviewStatus.Completed)
            {
                interview.Score = faker.Random.Int(3, 10);
                interview.Recommendation = interview.Score switch { >= 9 => Recommendation.StrongYes, >= 6 => Recommendation.Yes, >= 4 => Recommendation.No, _ => Recommendation.StrongNo };
                interview.Notes = faker.PickRandom(Notes);
            }
            else if (outcome == InterviewStatus.Cancelled)
            {
                interview.CancelledReason = "The candidate asked for another week";
            }
        }
        ));
        if (outcome != InterviewStatus.Completed)
        {
            return;
        }

        Move(candidate, CandidateStatus.Interviewed, endedAt.AddHours(1), owner, later);
        switch (faker.Random.Double())
        {
            case < 0.35:
                Move(candidate, CandidateStatus.Rejected, endedAt.AddDays(3), owner, later, "Another candidate was stronger");
                break;
            case < 0.6:
                Move(candidate, CandidateStatus.Hired, endedAt.AddDays(faker.Random.Double(4, 10)), owner, later);
                break;
        }
    }

    private static void Move(Candidate candidate, CandidateStatus status, DateTimeOffset at, User by, List<(DateTimeOffset At, User By, Action Change)> later, string? reason = null) =>
        later.Add((at, by, () =>
        {
            candidate.Status = status;
            candidate.StageEnteredAt = at.ToUniversalTime();
            candidate.HiredAt = status == CandidateStatus.Hired ? at.ToUniversalTime() : null;
            candidate.RejectedReason = reason;
        }
    ));

    /// <summary>A full hour between nine and four on a working day at which the interviewer is free.</summary>
    private static DateTimeOffset Slot(Faker faker, DateTimeOffset about, TimeZoneInfo zone, User interviewer, HashSet<(Guid, DateTimeOffset)> busy)
    {
        for (var day = TimeZoneInfo.ConvertTime(about, zone).Date; ; day = day.AddDays(1))
        {
            if (day.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday)
            {
                continue;
            }

            foreach (var hour in faker.Random.Shuffle(Enumerable.Range(9, 8)))
            {
                var start = new DateTimeOffset(TimeZoneInfo.ConvertTimeToUtc(day.AddHours(hour), zone), TimeSpan.Zero);
                if (busy.Add((interviewer.Id, start)))
                {
                    return start;
                }
            }
        }
    }

    private static void AddCalls(
        Faker faker, PlatformDb db, User[] people, List<(Candidate Candidate, DateTimeOffset Since)> known, List<(DateTimeOffset At, User By, Action Change)> later, DateTimeOffset now, TimeZoneInfo zone)
    {
        for (var i = 0; i < CallCount; i++)
        {
            var at = OfficeHour(faker, now.AddDays(-faker.Random.Double(0, 60)), now, zone);
            var by = faker.PickRandom(people);
            // A day is saved person by person: who came that day may not be there yet when somebody calls them.
            var reachable = known.Where(k => k.Since.UtcDateTime.Date < at.UtcDateTime.Date && k.Candidate.Phone is not null).ToArray();
            var candidate = reachable.Length > 0 && faker.Random.Bool(0.6f) ? faker.PickRandom(reachable).Candidate : null;
            var (type, status) = faker.Random.WeightedRandom(
                [(CallType.Inbound, CallStatus.Answered), (CallType.Outbound, CallStatus.Answered), (CallType.Outbound, CallStatus.Busy), (CallType.Missed, CallStatus.Missed), (CallType.Voicemail, CallStatus.Voicemail)],
                [0.3f, 0.35f, 0.08f, 0.17f, 0.1f]);
            var isImportant = faker.Random.Bool(status == CallStatus.Missed ? 0.4f : 0.1f);
            var mustReturn = isImportant && status == CallStatus.Missed;
            var call = new Call
            {
                CallerName = candidate?.FullName ?? faker.Name.FullName(),
                CallerNumber = candidate?.Phone ?? PhoneNumber.Normalise("+49 15" + faker.Random.ReplaceNumbers("## #######"))!,
                CallType = type,
                Status = status,
                DurationSecs = status is CallStatus.Answered ? faker.Random.Int(20, 1_900) : status == CallStatus.Voicemail ? faker.Random.Int(8, 90) : 0,
                IsImportant = isImportant,
                Notes = faker.Random.Bool(0.3f) ? faker.PickRandom(Notes) : null,
                CandidateId = candidate?.Id,
                HandledById = by.Id,
                OccurredAt = at,
                FollowUpAt = mustReturn ? at.AddDays(1) : null,
                FollowedUpAt = mustReturn && at < now.AddDays(-6) ? at.AddHours(5) : null,
            };
            later.Add((at, by, () => db.Add(call)));
        }
    }

    /// <summary>Between eight and six on the nearest working day, and not in the future.</summary>
    private static DateTimeOffset OfficeHour(Faker faker, DateTimeOffset about, DateTimeOffset now, TimeZoneInfo zone)
    {
        var day = TimeZoneInfo.ConvertTime(about, zone).Date;
        while (true)
        {
            day = day.DayOfWeek switch { DayOfWeek.Saturday => day.AddDays(-1), DayOfWeek.Sunday => day.AddDays(-2), _ => day };
            var at = new DateTimeOffset(TimeZoneInfo.ConvertTimeToUtc(day.AddHours(8).AddMinutes(faker.Random.Int(0, 599)).AddSeconds(faker.Random.Int(0, 59)), zone), TimeSpan.Zero);
            if (at < now)
            {
                return at;
            }

            day = day.AddDays(-1);
        }
    }

    private static async Task BookOpenInterviewsAsync(PlatformDb db, CancellationToken cancel)
    {
        var open = await db.Set<Interview>().Where(i => i.Status == InterviewStatus.Scheduled).Include(i => i.Candidate).AsNoTracking().ToListAsync(cancel);
        foreach (var interview in open)
        {
            var resources = await InterviewRules.ResourcesOfAsync(db, interview.CandidateId, interview.InterviewerName, interview.InterviewerUserId, [], cancel);
            await Bookings.ReplaceAsync(
                db, InterviewRules.SubjectKind, interview.Id, $"Interview: {interview.Candidate!.FullName}", interview.ScheduledAt, TimeSpan.FromMinutes(interview.DurationMins), resources, allowOverlap: true, cancel);
        }

        await db.SaveChangesAsync(cancel);
    }
}
