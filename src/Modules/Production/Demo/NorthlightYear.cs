using Bogus;
using Microsoft.EntityFrameworkCore;
using Tessera.Kernel.Database;
using Tessera.Kernel.Identity;
using Tessera.Kernel.Records;

namespace Tessera.Production;

/// <summary>Makes up what Northlight did, step by step, each at its time and by whoever did it.</summary>
internal sealed class NorthlightYear
{
    private const int StudentCount = 120;

    private static readonly string[] Programmes = ["Directing", "Cinematography", "Sound", "Editing", "Music production", "Screen producing"];

    private static readonly string[] Specialisations = ["16 mm", "Steadicam", "Colour", "Foley", "Binaural", "Dolby Atmos", "Documentary", "Comedy", "Animation", "Live mixing", "Production design", "Scoring"];

    private static readonly (CrewRole Role, string Programme)[] Crew =
    [
        (CrewRole.Director, "Directing"), (CrewRole.Producer, "Screen producing"), (CrewRole.Dop, "Cinematography"), (CrewRole.SoundRecordist, "Sound"), (CrewRole.Editor, "Editing"), (CrewRole.Mixer, "Sound"),
        (CrewRole.Composer, "Music production"), (CrewRole.Colourist, "Cinematography"), (CrewRole.SoundDesigner, "Sound"),
    ];

    private readonly PlatformDb _db;
    private readonly Faker _faker;
    private readonly DateTimeOffset _now;
    private readonly DateOnly _today;
    private readonly User[] _producers;
    private readonly User[] _admins;
    private readonly User _admin;
    private readonly User _studentLogin;
    private readonly List<Student> _students = [];
    private readonly Dictionary<string, TaskType> _types;
    private readonly Dictionary<string, WorkStatus> _statuses;

    public NorthlightYear(PlatformDb db, Faker faker, IReadOnlyDictionary<string, User> people, DateTimeOffset now, DateOnly today)
    {
        (_db, _faker, _now, _today) = (db, faker, now, today);
        _producers = [.. people.Values.Where(u => u.Role == "producer")];
        _admins = [.. people.Values.Where(u => u.Role == "admin")];
        _admin = _admins[0];
        _studentLogin = people.Values.First(u => u.Role == "student");
        _types = db.Set<TaskType>().Local.ToDictionary(t => t.ShortName, StringComparer.Ordinal);
        _statuses = db.Set<WorkStatus>().Local.ToDictionary(s => s.ShortName, StringComparer.Ordinal);
    }

    /// <summary>What happened, in no order.</summary>
    public List<(DateTimeOffset At, User By, Action Change)> Steps { get; } = [];

    public void AddTemplates()
    {
        Template("Short film, one term", ProjectType.Film,
            [("Script", "SCR", 0, 21, 1_800), ("Casting", "CAST", 14, 14, 600), ("Location scouting", "LOC", 14, 14, 480), ("Shooting", "SHOOT", 42, 4, 2_400), ("Edit", "EDIT", 48, 21, 4_800), ("Sound design", "SFX", 62, 14, 2_400)],
            [(Stage.Shoot, 42, 4), (Stage.Grade, 72, 2), (Stage.Mix, 74, 3), (Stage.Delivery, 84, 1)],
            [("Picture lock", 69), ("Premiere", 91)]);
        Template("Music video, four weeks", ProjectType.MusicVideo,
            [("Script", "SCR", 0, 5, 480), ("Location scouting", "LOC", 3, 4, 240), ("Shooting", "SHOOT", 9, 2, 1_200), ("Edit", "EDIT", 12, 8, 1_920)],
            [(Stage.Shoot, 9, 2), (Stage.Grade, 21, 1), (Stage.Mix, 20, 1), (Stage.Delivery, 27, 1)],
            [("Artist's approval", 23)]);
        Template("Album recording", ProjectType.Album,
            [("Sound recording", "REC", 7, 6, 2_880), ("Music", "MUS", 0, 14, 1_800), ("Mixing", "MIX", 16, 12, 3_600), ("Delivery master", "MASTER", 30, 3, 480)],
            [(Stage.Shoot, 7, 6), (Stage.Mix, 16, 12), (Stage.Delivery, 33, 1)],
            [("Test pressing", 40)]);
    }

    public void AddStudents()
    {
        var enrolled = _now.AddDays(-490);
        var emails = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < StudentCount; i++)
        {
            var isLogin = i == 0;
            var (first, last) = isLogin ? ("Sofia", "Marchetti") : (_faker.Name.FirstName(), _faker.Name.LastName());
            var address = $"{first}.{last}".ToLowerInvariant().Replace("'", "", StringComparison.Ordinal);
            var email = emails.Add(address) ? address : $"{address}{i}";
            var year = isLogin ? 2 : _faker.Random.Int(1, 4);
            var student = new Student
            {
                StudentNo = $"{_today.Year % 100 - year:00}{i + 7:0000}",
                FirstName = first,
                LastName = last,
                PreferredName = _faker.Random.Bool(0.08f) ? first[..Math.Min(3, first.Length)] : null,
                Email = email + "@students.northlight.example",
                Phone = _faker.Random.Bool(0.85f) ? PhoneNumber.Normalise("+45 " + _faker.Random.ReplaceNumbers("2# ## ## ##")) : null,
                Programme = isLogin ? "Directing" : Programmes[i % Programmes.Length],
                YearOfStudy = year,
                Specialisation = [.. _faker.PickRandom(Specialisations, _faker.Random.Int(0, 3))],
                EmergencyContact = _faker.Random.Bool(0.6f) ? $"{_faker.Name.FullName()}, +45 {_faker.Random.ReplaceNumbers("2# ## ## ##")}" : null,
                UserId = isLogin ? _studentLogin.Id : null,
                Status = isLogin ? StudentStatus.Active : _faker.Random.WeightedRandom([StudentStatus.Active, StudentStatus.OnLeave, StudentStatus.Graduated, StudentStatus.Withdrawn], [0.84f, 0.05f, 0.08f, 0.03f]),
            };
            Students.Derive(student);
            _students.Add(student);
            Steps.Add((enrolled.AddMinutes(i), _admin, () => _db.Add(student)));
        }
    }

    public void AddProjects()
    {
        var titles = NorthlightTitles.All;
        for (var i = 0; i < titles.Count; i++)
        {
            // The later in the list, the later the delivery: two academic years, the older one almost done.
            var delivery = WorkDay(_today.AddDays(-330 + (i * 510 / titles.Count) + _faker.Random.Int(-6, 6)));
            new NorthlightProject(_db, _faker, _now, _today, Steps).Make(i, titles[i], delivery, PickCrew(i), _producers[i % _producers.Length], _producers[(i + 1) % _producers.Length], _admins[i / 8 % _admins.Length], _types, _statuses);
        }
    }

    private List<(CrewRole Role, Student Student)> PickCrew(int index)
    {
        var crew = new List<(CrewRole, Student)>();
        foreach (var (role, programme) in Crew.Take(_faker.Random.Int(4, Crew.Length)))
        {
            var candidates = _students.Where(s => s.Programme == programme && !crew.Exists(c => c.Item2 == s)).ToArray();
            crew.Add((role, _faker.PickRandom(candidates)));
        }

        // The login's own projects: an old one, the one in post-production, the one that comes next.
        if (index is 18 or 38 or 43 or 50)
        {
            crew.RemoveAll(c => c.Item1 == CrewRole.Director || c.Item2.UserId is not null);
            crew.Insert(0, (CrewRole.Director, _students[0]));
        }
        else
        {
            crew.RemoveAll(c => c.Item2.UserId is not null);
        }

        return crew;
    }

    private void Template(
        string name, ProjectType type, (string Name, string Type, int Offset, int Days, int Minutes)[] tasks, (Stage Stage, int Offset, int Days)[] stages, (string Name, int Offset)[] milestones)
    {
        var template = new ProjectTemplate { Name = name, NameKey = name.ToLowerInvariant(), Type = type };
        var steps = tasks.Select(t => new TemplateStep { TemplateId = template.Id, Name = t.Name, TaskTypeId = _types[t.Type].Id, OffsetDays = t.Offset, DurationDays = t.Days, EstimateMin = t.Minutes })
            .Concat(stages.Select(s => new TemplateStep { TemplateId = template.Id, Kind = TemplateStepKind.Stage, Stage = s.Stage, Name = s.Stage.ToString(), OffsetDays = s.Offset, DurationDays = s.Days }))
            .Concat(milestones.Select(m => new TemplateStep { TemplateId = template.Id, Kind = TemplateStepKind.Milestone, Name = m.Name, OffsetDays = m.Offset, DurationDays = 1 }))
            .ToList();
        for (var i = 0; i < steps.Count; i++)
        {
            steps[i].Sort = (i + 1) * 10;
        }

        Steps.Add((_now.AddDays(-480), _producers[0], () =>
        {
            _db.Add(template);
            _db.AddRange(steps);
        }
        ));
    }

    private static DateOnly WorkDay(DateOnly day) => day.DayOfWeek switch { DayOfWeek.Saturday => day.AddDays(-1), DayOfWeek.Sunday => day.AddDays(1), _ => day };
}
