namespace Tessera.Timetabling.Model;

/// <summary>A university's weekly courses: lectures of one period each, rooms with seats, and curricula whose courses must not collide.</summary>
/// <param name="Name">Name of the instance.</param>
/// <param name="Days">Days of the week.</param>
/// <param name="PeriodsPerDay">Periods of a day. A period of the week is <c>day * PeriodsPerDay + period</c>.</param>
/// <param name="Courses">The courses.</param>
/// <param name="Rooms">The rooms.</param>
/// <param name="Curricula">Groups of courses, as positions in <paramref name="Courses"/>, that share students.</param>
/// <param name="Unavailable">Periods of the week in which a course cannot be taught: [course][period].</param>
public sealed record CourseProblem(string Name, int Days, int PeriodsPerDay, IReadOnlyList<Course> Courses, IReadOnlyList<LectureRoom> Rooms,
    IReadOnlyList<Curriculum> Curricula, IReadOnlyList<IReadOnlySet<int>> Unavailable)
{
    /// <summary>Periods of the week.</summary>
    public int Periods => Days * PeriodsPerDay;
}

/// <param name="Name">Name of the course.</param>
/// <param name="Teacher">Its teacher; a teacher gives one lecture at a time.</param>
/// <param name="Lectures">Lectures per week.</param>
/// <param name="MinWorkingDays">Days over which they should be spread.</param>
/// <param name="Students">Students attending.</param>
public sealed record Course(string Name, string Teacher, int Lectures, int MinWorkingDays, int Students);

/// <param name="Name">Name of the room.</param>
/// <param name="Seats">Seats in it.</param>
public sealed record LectureRoom(string Name, int Seats);

/// <param name="Name">Name of the curriculum.</param>
/// <param name="Courses">Positions of its courses.</param>
public sealed record Curriculum(string Name, IReadOnlyList<int> Courses);

/// <summary>One lecture's place.</summary>
/// <param name="Course">Position of the course.</param>
/// <param name="Room">Position of the room.</param>
/// <param name="Period">Period of the week.</param>
[System.Runtime.InteropServices.StructLayout(System.Runtime.InteropServices.LayoutKind.Auto)]
public readonly record struct Lecture(int Course, int Room, int Period);
